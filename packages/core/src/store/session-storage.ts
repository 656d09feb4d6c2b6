import type { JsonObject } from "../json-value.ts";
import type { SessionStore } from "./session-store.ts";

/**
 * What a session manager needs of a store beside its rows and lines: changes that take lines or rows away, checkpoints and
 * settings. Each change is done as a whole or not at all, after a crash too, and takes no line away for good. Every method may
 * throw what `SessionStore` throws.
 */
export interface SessionStorage {
  readonly store: SessionStore;
  /** Takes all lines of a session away and keeps its row. A session without lines only gets its row changed. */
  clear(change: SessionChange): Promise<StorageOutcome>;
  /** Gives a key another session, without lines; those of the former one are retired, and it is noted as ended. */
  reset(change: SessionChange & SessionRenewal): Promise<StorageOutcome>;
  /** Takes sessions out, their lines and, where asked for, checkpoints. @throws StoreError E_NOT_FOUND if one is not there */
  remove(removal: SessionRemoval): Promise<StorageOutcome>;
  /** Copies the lines of a session as they are. Nothing ever changes a checkpoint. */
  saveCheckpoint(draft: CheckpointDraft): Promise<StoredCheckpoint>;
  /** All checkpoints of the store, oldest first. */
  listCheckpoints(): Promise<readonly StoredCheckpoint[]>;
  /** Puts the lines of a checkpoint in the place of those of a session, which are retired first. */
  restoreCheckpoint(change: CheckpointRestore): Promise<StorageOutcome>;
  /** Takes a checkpoint away. @throws StoreError E_NOT_FOUND if there is none */
  deleteCheckpoint(id: string): Promise<StorageOutcome>;
  /** The manager's settings of this store; an empty object if there are none. */
  readSettings(): Promise<JsonObject>;
  writeSettings(settings: JsonObject): Promise<StorageOutcome>;
  /** Closes the store as well. */
  close(): Promise<void>;
}

/** What was done. */
export interface StorageOutcome {
  /** For `sessionsmith undo`; undefined where the store has no operations, or nothing had to be done. */
  readonly operationId: string | undefined;
}

/** A session that is changed. */
export interface SessionChange {
  readonly key: string;
  /** The row must still have it. @throws StoreError E_NOT_FOUND otherwise */
  readonly sessionId: string;
  /** Makes the new row of the present one. Pure; may be called again if somebody else changed the row meanwhile. */
  readonly changeEntry: (entry: JsonObject) => JsonObject;
}

/** How a key gets another session. */
export interface SessionRenewal {
  readonly newSessionId: string;
  /** Goes into the record of what ended. */
  readonly reason: "new" | "reset" | "daily" | "idle";
}

/** What goes. */
export interface SessionRemoval {
  readonly sessions: readonly { readonly key: string; readonly sessionId: string }[];
  /** Ids of checkpoints that go with them. */
  readonly checkpointIds: readonly string[];
}

/** What is kept of a session. */
export interface CheckpointDraft {
  readonly key: string;
  readonly sessionId: string;
  /** Name and description, or what stands for them; the storage does not look into it. */
  readonly note: JsonObject;
  /** What the row needs if it is gone when the checkpoint is restored. */
  readonly entry: JsonObject;
}

/** A checkpoint, without its lines. */
export interface StoredCheckpoint {
  readonly id: string;
  readonly key: string;
  /** Of the session that the lines were of. */
  readonly sessionId: string;
  /** Epoch ms. */
  readonly createdAt: number;
  /** How many of its lines are messages. */
  readonly messageCount: number;
  readonly note: JsonObject;
  /** What the row needs if it is gone. */
  readonly entry: JsonObject;
}

/** How lines come back. */
export interface CheckpointRestore {
  readonly checkpointId: string;
  readonly key: string;
  /** The session whose lines are replaced; a key without a row gets one with this id. */
  readonly sessionId: string;
  /**
   * As in {@link SessionChange}; for a key without a row it gets what the checkpoint kept of it. `lines` are those of the checkpoint as
   * they are stored, without the header, before `rewrite`; they may be read several times, and only until this returns.
   */
  readonly changeEntry: (entry: JsonObject, lines: Iterable<JsonObject>) => JsonObject;
  /** Makes the lines that are stored of those of the checkpoint, one after the other. Default: as they are. */
  readonly rewrite?: (lines: Iterable<JsonObject>) => Iterable<JsonObject>;
}
