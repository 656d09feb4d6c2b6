import { type JsonObject, readEntryText, StoreError } from "@sessionsmith/core";
import type { StoredCheckpoint } from "@sessionsmith/core/store";
import { isClosedNote } from "../protect/note-box.ts";
import { noCheckpoint } from "../storage/checkpoint-file.ts";
import { keptRow, restoredRow } from "./changed-rows.ts";
import { findRow, type ManagerCore, requireSession, viewOf } from "./manager-core.ts";
import type { StorageOperation } from "./session-manager.ts";
import type { Session } from "./session-view.ts";

/** What is kept, and under which name. */
export interface CheckpointOrder {
  readonly sessionId: string;
  readonly name: string;
  readonly description?: string;
}

/** What a session held at one moment. */
export interface Checkpoint {
  readonly id: string;
  /** The session that it was taken of; another one may have its key by now. */
  readonly sessionId: string;
  readonly key: string;
  readonly name: string;
  readonly description: string | undefined;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly messageCount: number;
}

const longestName = 512;
const longestDescription = 16_384;

/** Keeps what a session holds; see `SessionManager.saveCheckpoint`. */
export async function saveCheckpoint(core: ManagerCore, order: CheckpointOrder): Promise<Checkpoint> {
  const { sessionId } = order;
  const note = checkpointNote(order);
  const { key } = await requireSession(core, sessionId);
  return core.gates.of(key).exclusive(async () => {
    const { entry } = await requireSession(core, sessionId);
    const storage = await core.storage();
    return checkpointOf(await storage.saveCheckpoint({ key, sessionId, note, entry: keptRow(entry) }));
  });
}

/** Name and description as they are stored. @throws StoreError E_USAGE for an empty name, or too long a text */
export function checkpointNote({ name, description }: Omit<CheckpointOrder, "sessionId">): JsonObject {
  const trimmed = name.trim();
  if (trimmed === "" || trimmed.length > longestName)
    throw new StoreError("E_USAGE", `The name of a checkpoint has 1 to ${longestName} characters.`);
  if (description === undefined) return { name: trimmed };
  if (description.length <= longestDescription) return { name: trimmed, description };
  throw new StoreError(
    "E_USAGE",
    `The description of a checkpoint has at most ${longestDescription} characters.`,
  );
}

/** The checkpoints of a session; see `SessionManager.listCheckpoints`. */
export async function listCheckpoints(core: ManagerCore, sessionId: string): Promise<readonly Checkpoint[]> {
  const storage = await core.storage();
  const all = await storage.listCheckpoints();
  const own = all.find((checkpoint) => checkpoint.sessionId === sessionId);
  // A session that was removed is known by what was kept of it.
  const key = own?.key ?? (await requireSession(core, sessionId)).key;
  return all.filter((checkpoint) => checkpoint.key === key).map(checkpointOf);
}

/** Puts back what a checkpoint holds; see `SessionManager.restoreCheckpoint`. */
export async function restoreCheckpoint(core: ManagerCore, checkpointId: string): Promise<Session> {
  const { key, sessionId: formerId } = await requireCheckpoint(core, checkpointId);
  const row = await core.gates.of(key).exclusive(async () => {
    const present = await findRow(core, key);
    const sessionId = (present && readEntryText(present.entry, "sessionId")) ?? formerId;
    const now = core.host.clock.now();
    const storage = await core.storage();
    await storage.restoreCheckpoint({
      checkpointId,
      key,
      sessionId,
      changeEntry: (entry, lines) =>
        restoredRow(entry, lines, present === undefined ? { sessionId, now } : undefined),
    });
    core.tallies.delete(sessionId);
    return findRow(core, key);
  });
  if (row === undefined) throw noCheckpoint(checkpointId);
  return viewOf(core, row);
}

/** Takes a checkpoint away; see `SessionManager.deleteCheckpoint`. */
export async function deleteCheckpoint(core: ManagerCore, checkpointId: string): Promise<StorageOperation> {
  return (await core.storage()).deleteCheckpoint(checkpointId);
}

async function requireCheckpoint(core: ManagerCore, id: string): Promise<StoredCheckpoint> {
  const all = await (await core.storage()).listCheckpoints();
  const found = all.find((checkpoint) => checkpoint.id === id);
  if (found === undefined) throw noCheckpoint(id);
  return found;
}

/** A checkpoint as a program sees it. */
export function checkpointOf({
  id,
  sessionId,
  key,
  createdAt,
  messageCount,
  note,
}: StoredCheckpoint): Checkpoint {
  return {
    id,
    sessionId,
    key,
    name: isClosedNote(note) ? "[encrypted]" : (readEntryText(note, "name") ?? ""),
    description: readEntryText(note, "description"),
    createdAt,
    messageCount,
  };
}
