import { envelopeKind, isConversationRecord, isJsonObject, type JsonObject } from "@sessionsmith/core";
import type {
  CheckpointDraft,
  CheckpointRestore,
  SessionStorage,
  StoredCheckpoint,
} from "@sessionsmith/core/store";
import type { Keyring } from "../encryption/keyring.ts";
import { type RandomBytes, systemRandomBytes } from "../encryption/random-bytes.ts";
import { extensionsWithSeal } from "../encryption/row-seal.ts";
import { closeNote, isClosedNote, openNote } from "./note-box.ts";
import { noKey, placeOf, type ProtectedTranscripts } from "./protection.ts";
import { protectStore } from "./protect-store.ts";
import { rewriteForRestore } from "./rewrite-for-restore.ts";
import { sealOfSession } from "./row-of-session.ts";
import { flushSeals } from "./write-seals.ts";

/** How the storage of a session manager is protected. */
export interface ProtectionOptions {
  /** Opens what is encrypted. Without it, what is encrypted is an error, and never read as anything else. */
  readonly keyring?: Keyring;
  /** True: everything that is new is encrypted. Needs a keyring. */
  readonly encrypts: boolean;
  /** Random bytes for tests; those of the system unless said otherwise. */
  readonly random?: RandomBytes;
}

/**
 * The storage of a session manager, whatever kind it is, with its conversations encrypted at rest: lines, and what stands beside
 * checkpoints. Who works with it sees everything as if it were plain. Closing it closes the storage.
 */
export function protectStorage(
  storage: SessionStorage,
  { keyring, encrypts, random = systemRandomBytes }: ProtectionOptions,
): SessionStorage {
  if (encrypts && keyring === undefined) throw new TypeError("to encrypt needs a keyring");
  const transcripts: ProtectedTranscripts = {
    protection: { keyring, encrypts, random },
    known: new Map(),
    opening: new Map(),
    codecs: new Map(),
    pending: new Map(),
    keys: new Map(),
  };
  const store = protectStore(storage.store, transcripts);
  const forget = (sessionId: string) => {
    for (const map of [transcripts.known, transcripts.pending, transcripts.keys, transcripts.codecs])
      map.delete(sessionId);
  };
  return {
    ...storage,
    store,
    clear: async (change) => {
      const outcome = await storage.clear({
        ...change,
        changeEntry: (entry) => withoutSeal(change.changeEntry(entry)),
      });
      forget(change.sessionId);
      return outcome;
    },
    reset: async (change) => {
      const outcome = await storage.reset({
        ...change,
        changeEntry: (entry) => withoutSeal(change.changeEntry(entry)),
      });
      forget(change.sessionId);
      return outcome;
    },
    remove: async (removal) => {
      const outcome = await storage.remove(removal);
      for (const { sessionId } of removal.sessions) forget(sessionId);
      return outcome;
    },
    saveCheckpoint: (draft) => saveCheckpoint(storage, transcripts, draft),
    listCheckpoints: async () =>
      (await storage.listCheckpoints()).map((checkpoint) => opened(storage, transcripts, checkpoint).shown),
    restoreCheckpoint: (order) => restoreCheckpoint(storage, transcripts, order),
    close: async () => {
      try {
        await flushSeals(storage.store, transcripts);
      } finally {
        await storage.close();
      }
    },
  };
}

/** A transcript that begins anew has no seal until it has an opening. */
function withoutSeal(entry: JsonObject): JsonObject {
  const extensions = extensionsWithSeal(entry, undefined);
  const { pluginExtensions: _former, ...rest } = entry;
  return extensions === undefined ? rest : { ...entry, pluginExtensions: extensions };
}

/** What the note of a checkpoint of an encrypted session holds, encrypted. */
interface CheckpointNote {
  readonly note: JsonObject;
  readonly messageCount: number;
  /** What vouches for its lines; null if there are none. */
  readonly seal: JsonObject | null;
}

async function saveCheckpoint(
  storage: SessionStorage,
  transcripts: ProtectedTranscripts,
  draft: CheckpointDraft,
): Promise<StoredCheckpoint> {
  const { key, sessionId, note } = draft;
  const { keyring, encrypts, random } = transcripts.protection;
  const place = placeOf(storage.store, sessionId);
  const counted = await protectStore(storage.store, transcripts).read(sessionId, (transcript) => {
    let messages = 0;
    for (const { record } of transcript.oldestFirst()) if (isConversationRecord(record)) messages += 1;
    return messages;
  });
  const isEncrypted = await storage.store.read(sessionId, (transcript) => {
    for (const { record } of transcript.oldestFirst()) return envelopeKind(record) !== undefined;
    return false;
  });
  if (keyring === undefined || (isEncrypted !== true && !encrypts)) return storage.saveCheckpoint(draft);
  await flushSeals(storage.store, transcripts);
  const seal = await sealOfSession(storage.store, transcripts, sessionId);
  const inside: CheckpointNote = { note, messageCount: counted ?? 0, seal: isJsonObject(seal) ? seal : null };
  const closed = closeNote({ ...inside }, { keyring, about: [key, sessionId], place }, random);
  const saved = await storage.saveCheckpoint({ ...draft, note: closed });
  return { ...saved, note, messageCount: inside.messageCount };
}

interface OpenedCheckpoint {
  readonly shown: StoredCheckpoint;
  readonly seal: JsonObject | undefined;
}

function opened(
  { store }: SessionStorage,
  { protection }: ProtectedTranscripts,
  checkpoint: StoredCheckpoint,
): OpenedCheckpoint {
  const { id, key, sessionId, note: stored } = checkpoint;
  if (!isClosedNote(stored)) return { shown: checkpoint, seal: undefined };
  const place = `checkpoint ${id} of ${store.path}`;
  if (protection.keyring === undefined) throw noKey(place);
  const inside = openNote(stored, { keyring: protection.keyring, about: [key, sessionId], place });
  const { note, messageCount, seal } = inside;
  return {
    shown: {
      ...checkpoint,
      note: isJsonObject(note) ? note : {},
      messageCount: typeof messageCount === "number" ? messageCount : 0,
    },
    seal: isJsonObject(seal) ? seal : undefined,
  };
}

async function restoreCheckpoint(
  storage: SessionStorage,
  transcripts: ProtectedTranscripts,
  order: CheckpointRestore,
) {
  const { store } = storage;
  const { sessionId, checkpointId } = order;
  const found = (await storage.listCheckpoints()).find(({ id }) => id === checkpointId);
  // The storage says best that there is none.
  if (found === undefined) return storage.restoreCheckpoint(order);
  const { shown, seal } = opened(storage, transcripts, found);
  const place = `checkpoint ${checkpointId} of ${store.path}`;
  const rewriting = rewriteForRestore(transcripts.protection, {
    from: { sessionId: shown.sessionId, seal, place },
    to: { sessionId, place: placeOf(store, sessionId) },
    isEncrypted: isClosedNote(found.note),
    rewrite: order.rewrite,
  });
  const outcome = await storage.restoreCheckpoint({
    ...order,
    rewrite: rewriting.rewrite,
    changeEntry: (entry, lines) =>
      rewriting.sealed(withoutSeal(order.changeEntry(entry, rewriting.clear(lines))), lines),
  });
  for (const map of [transcripts.known, transcripts.pending, transcripts.keys, transcripts.codecs])
    map.delete(sessionId);
  return outcome;
}
