import type { ContextMessage } from "../context/context-item.ts";
import type { HistoryMessage } from "../context/history-message.ts";
import type { PeerAddress } from "../identity/managed-key.ts";
import type { Checkpoint, CheckpointOrder } from "./checkpoints.ts";
import type { CleanupOrder, CleanupOutcome } from "./cleanup-sessions.ts";
import type { ContextQuery } from "./context-history.ts";
import type { ExportQuery } from "./export-session.ts";
import type { ExportedTrajectory, TrajectoryQuery } from "./export-trajectory.ts";
import type { ReadHistory } from "./history.ts";
import type { ManagerSettings, SettingChanges } from "./manager-settings.ts";
import type { MessageDraft } from "./message-line.ts";
import type { Session } from "./session-view.ts";

/**
 * Sessions for a bot: one for each person that it talks to, with history, checkpoints and resets. Every method on a session or
 * checkpoint that is not there rejects with a StoreError E_NOT_FOUND; every one may reject as a session store does (E_LOCKED,
 * E_CORRUPT_INDEX, E_SQLITE_ERA, E_IO, …), and after `close` with an Error.
 */
export interface SessionManager {
  /**
   * The session of a person. It is made if there is none, and gives way to a new one if a reset is due.
   * @throws StoreError E_USAGE if the address names too little for the scope
   */
  getOrCreateSession(address: PeerAddress): Promise<Session>;
  /** The session of a person as it is; undefined if there is none. */
  findSession(address: PeerAddress): Promise<Session | undefined>;
  /** The session of an id. */
  getSession(sessionId: string): Promise<Session>;
  /** The sessions of a person, newest activity first: those that were made for him, and the one that he is in now. */
  listSessions(address: PeerAddress): Promise<readonly Session[]>;
  /**
   * Adds a message; when this resolves it is on stable storage. If a reset is due, the session gives way to a new one first, and the
   * message belongs to that.
   * @returns the message, and the id of the session that it is in
   * @throws StoreError E_USAGE for a message that can't be stored
   */
  addMessage(draft: MessageDraft & { readonly sessionId: string }): Promise<AddedMessage>;
  /** The newest messages (50 unless `limit` says otherwise), oldest first; as one text in the other formats. */
  readonly getHistory: ReadHistory;
  /** Takes the messages away, and keeps the session: id, settings and checkpoints. What it held stays as a backup. */
  clearHistory(sessionId: string): Promise<StorageOperation>;
  /** Lets the session of a person give way to a new one, and keeps its settings and checkpoints. What it held stays as an archive. */
  reset(order: ResetRequest): Promise<Session>;
  /** Keeps what a session holds under a name. Names need not be unique. */
  saveCheckpoint(order: CheckpointOrder): Promise<Checkpoint>;
  /** The checkpoints of a session, and of those that had its key before it, oldest first. */
  listCheckpoints(sessionId: string): Promise<readonly Checkpoint[]>;
  /** Puts back what a checkpoint holds; what the session holds now stays as a backup. A session that was removed comes back. */
  restoreCheckpoint(checkpointId: string): Promise<Session>;
  /** Takes a checkpoint away. */
  deleteCheckpoint(checkpointId: string): Promise<StorageOperation>;
  /** A whole session as text. */
  export(sessionId: string, query: ExportQuery): Promise<string>;
  /**
   * Writes what happened in a session as a bundle for support, as `sessionsmith export-trajectory` does: a new directory. Secrets that
   * can be told are left out; what was said stays in clear.
   * @throws StoreError E_USAGE for a name that is taken or is none, an encrypted session, one without messages, and a database
   */
  exportTrajectory(sessionId: string, query?: TrajectoryQuery): Promise<ExportedTrajectory>;
  /** Removes sessions of this manager that had no activity for long. @throws StoreError E_USAGE for a bad duration */
  cleanup(order: CleanupOrder): Promise<CleanupOutcome>;
  /**
   * The messages that a model should see, in at most `maxTokens`, oldest first.
   * @throws StoreError E_BUDGET if what has to be in it does not fit; E_NO_SUMMARIZER; E_USAGE
   */
  getContextHistory(query: ContextQuery): Promise<readonly ContextMessage[]>;
  /** What decides on keys and resets now. */
  getSettings(): Promise<ManagerSettings>;
  /**
   * Changes it for this store, for good: it wins over the options of every program. Another scope counts for new sessions.
   * @throws StoreError E_USAGE for a value that is not allowed
   */
  changeSettings(changes: SettingChanges): Promise<ManagerSettings>;
  /** Writes what is still to be written, and lets go of the store. */
  close(): Promise<void>;
}

/** A message that was added. */
export interface AddedMessage extends HistoryMessage {
  /** The session that it is in: another one than was asked for, if a reset was due. */
  readonly sessionId: string;
}

/** Whose session gives way to a new one. */
export interface ResetRequest extends PeerAddress {
  /** `reset` (the default) and `new` do the same; it is noted in the history. */
  readonly reason?: "new" | "reset";
}

/** What was done. */
export interface StorageOperation {
  /** For `sessionsmith undo`; undefined if nothing had to be done. */
  readonly operationId: string | undefined;
}
