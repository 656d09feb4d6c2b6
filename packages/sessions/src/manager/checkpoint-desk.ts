import { readEntryText } from "@sessionsmith/core";
import type { EngineHost } from "@sessionsmith/core/engine";
import type { ChangeOptions } from "../change/apply-change.ts";
import type { Keyring } from "../encryption/keyring.ts";
import { protectStorage } from "../protect/protect-storage.ts";
import { noCheckpoint } from "../storage/checkpoint-file.ts";
import { openJsonStorage } from "../storage/open-json-storage.ts";
import { noSession } from "../storage/session-row.ts";
import { keptRow, restoredRow } from "./changed-rows.ts";
import { type Checkpoint, checkpointNote, checkpointOf } from "./checkpoints.ts";

/** How the checkpoints of a store are worked with. */
export interface CheckpointDeskOptions extends Pick<ChangeOptions, "dryRun" | "guard" | "signal"> {
  readonly host: EngineHost;
  /** The index of the store, which must be there. */
  readonly storePath: string;
  /** Opens sessions that are encrypted. */
  readonly keyring?: Keyring | undefined;
  readonly lockTimeoutMs?: number;
}

/** What was done to a checkpoint, or would be. */
export interface CheckpointAnswer {
  readonly checkpoint: Checkpoint;
  /** For `sessionsmith undo`; null for a preview. */
  readonly operationId: string | null;
}

/** The checkpoints of a store, for sessions of any kind. Close it in the end. */
export interface CheckpointDesk {
  /** @throws StoreError E_NOT_FOUND if the key has no session; E_USAGE for a bad name */
  save(key: string, note: { readonly name: string; readonly description?: string }): Promise<Checkpoint>;
  /** Oldest first; only those of a key, if one is given. */
  list(key?: string): Promise<readonly Checkpoint[]>;
  /** @throws StoreError E_NOT_FOUND */
  restore(checkpointId: string): Promise<CheckpointAnswer>;
  /** @throws StoreError E_NOT_FOUND */
  remove(checkpointId: string): Promise<CheckpointAnswer>;
  close(): Promise<void>;
}

/** Opens the checkpoints of a store. @throws StoreError as `openSessionStore` of core does */
export async function openCheckpointDesk(options: CheckpointDeskOptions): Promise<CheckpointDesk> {
  const { host, storePath, keyring, lockTimeoutMs, ...changes } = options;
  const timeout = lockTimeoutMs === undefined ? {} : { lockTimeoutMs };
  const plain = await openJsonStorage({ host, storePath, create: false, changes, ...timeout });
  const storage = protectStorage(
    plain,
    keyring === undefined ? { encrypts: false } : { keyring, encrypts: false },
  );
  // What is encrypted can be seen, and deleted, without a key; its name can't.
  const all = async () => (keyring === undefined ? plain : storage).listCheckpoints();
  const find = async (id: string) => {
    const found = (await all()).find((checkpoint) => checkpoint.id === id);
    if (found === undefined) throw noCheckpoint(id);
    return found;
  };
  return {
    save: async (key, order) => {
      const note = checkpointNote(order);
      const entry = await storage.store.get(key);
      const sessionId = entry && readEntryText(entry, "sessionId");
      if (entry === undefined || sessionId === undefined) throw noSession(storage.store.path, key);
      return checkpointOf(await storage.saveCheckpoint({ key, sessionId, note, entry: keptRow(entry) }));
    },
    list: async (key) => {
      const own = (await all()).filter((checkpoint) => key === undefined || checkpoint.key === key);
      return own.map(checkpointOf);
    },
    restore: async (id) => {
      const found = await find(id);
      const entry = await storage.store.get(found.key);
      const present = entry && readEntryText(entry, "sessionId");
      const sessionId = present ?? found.sessionId;
      const now = host.clock.now();
      const { operationId } = await storage.restoreCheckpoint({
        checkpointId: id,
        key: found.key,
        sessionId,
        changeEntry: (row, lines) =>
          restoredRow(row, lines, present === undefined ? { sessionId, now } : undefined),
      });
      return { checkpoint: checkpointOf(found), operationId: operationId ?? null };
    },
    remove: async (id) => {
      const found = await find(id);
      const { operationId } = await storage.deleteCheckpoint(id);
      return { checkpoint: checkpointOf(found), operationId: operationId ?? null };
    },
    close: async () => storage.close(),
  };
}
