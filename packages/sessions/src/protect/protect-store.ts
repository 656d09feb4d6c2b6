import {
  cutCodePoints,
  envelopeKind,
  isStoreError,
  type JsonObject,
  parseMessage,
  StoreError,
} from "@sessionsmith/core";
import type {
  AppendOptions,
  MakeLine,
  PreviewQuery,
  SessionStore,
  TranscriptMessage,
  TranscriptReader,
} from "@sessionsmith/core/store";
import { addLine } from "./add-line.ts";
import { placeOf, type ProtectedTranscripts } from "./protection.ts";
import { protectedReader, requireNoLines } from "./protected-reader.ts";
import { sealOfSession } from "./row-of-session.ts";
import { flushSeals, updateWithSeals } from "./write-seals.ts";

/**
 * A store whose transcripts are encrypted on their way in and decrypted on their way out; rows pass as they are. What a row vouches
 * for is written with the next `update`, and with `close`; `save` leaves it to the next of those.
 */
export function protectStore(store: SessionStore, transcripts: ProtectedTranscripts): SessionStore {
  return {
    path: store.path,
    load: () => store.load(),
    get: (key) => store.get(key),
    save: (sessions) => store.save(sessions),
    update: (mutate) => updateWithSeals(store, transcripts, mutate),
    withLock: (work) => store.withLock((locked) => work(protectStore(locked, transcripts))),
    append: (sessionId: string, line: JsonObject | MakeLine, options: AppendOptions = {}) =>
      addLine(store, transcripts, { sessionId, line, options }),
    read: (sessionId, use) => readDecrypted(store, transcripts, { sessionId, use }),
    preview: (sessionId, query) => previewOf(store, transcripts, { sessionId, query }),
    close: async () => {
      try {
        await flushSeals(store, transcripts);
      } finally {
        await store.close();
      }
    },
  };
}

/**
 * The row may be from before a change that the transcript is from after: what seems to be tampered with is looked at once more if the
 * row says something else by then.
 */
async function readDecrypted<T>(
  store: SessionStore,
  transcripts: ProtectedTranscripts,
  { sessionId, use }: { readonly sessionId: string; readonly use: (transcript: TranscriptReader) => T },
): Promise<T | undefined> {
  const place = placeOf(store, sessionId);
  for (let tries = 1; ; tries += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    const seal = await sealOfSession(store, transcripts, sessionId);
    const session = { transcripts, sessionId, place, seal };
    try {
      // oxlint-disable-next-line no-await-in-loop
      const read = await store.read(sessionId, (raw) => ({ value: use(protectedReader(raw, session)) }));
      if (read === undefined) requireNoLines(session);
      return read?.value;
    } catch (error) {
      if (!isStoreError(error) || error.code !== "E_TAMPERED" || tries === mostLooks) throw error;
      // oxlint-disable-next-line no-await-in-loop
      const now = await sealOfSession(store, transcripts, sessionId);
      if (JSON.stringify(now) === JSON.stringify(seal)) throw error;
    }
  }
}

const mostLooks = 5;

async function previewOf(
  store: SessionStore,
  transcripts: ProtectedTranscripts,
  { sessionId, query }: { readonly sessionId: string; readonly query: PreviewQuery },
): Promise<readonly TranscriptMessage[] | undefined> {
  // Without a key there is `[encrypted]` to be seen, and the store looks at the limits.
  if (transcripts.protection.keyring === undefined) return store.preview(sessionId, query);
  for (const [name, value] of Object.entries(query)) requirePositive(name, value);
  return readDecrypted(store, transcripts, {
    sessionId,
    use: (transcript) => {
      const found: TranscriptMessage[] = [];
      for (const { record } of transcript.newestFirst()) {
        const message = envelopeKind(record) === undefined ? parseMessage(record) : undefined;
        if (message === undefined || message.text.trim() === "") continue;
        found.push({ role: message.role, text: cutCodePoints(message.text, query.maxChars) });
        if (found.length === query.limit) break;
      }
      return found.toReversed();
    },
  });
}

function requirePositive(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new StoreError("E_USAGE", `${name} has to be a whole number from 1 on, not ${value}.`);
}
