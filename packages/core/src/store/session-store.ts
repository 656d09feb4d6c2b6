import type { JsonObject } from "../json-value.ts";
import type { TranscriptMessage } from "../transcripts/message-record.ts";
import type { LoadedSessions } from "./loaded-sessions.ts";
import type { StoredEntry } from "./stored-entry.ts";
import type { AppendOptions, MakeLine, PreviewQuery } from "./transcript-options.ts";
import type { TranscriptReader } from "./transcript-reader.ts";

/**
 * A session store that a program works with, whatever kind of store it is. Every call may throw a StoreError: E_NOT_FOUND if
 * the store is gone, E_CORRUPT_INDEX, E_SQLITE_ERA (writing), E_LOCKED, E_IO, E_REFUSED for rows that are not understood.
 */
export interface SessionStore {
  /** Names the store: of one in files, the absolute path of its index. */
  readonly path: string;
  /** All sessions as they are now, as a map of the caller's own. */
  load(): Promise<LoadedSessions>;
  /** One row as it is now; a copy of the caller's own. */
  get(key: string): Promise<StoredEntry | undefined>;
  /**
   * Changes sessions: `mutate` gets them as they are, and what it did to them is written before anybody else may write.
   * It may be called again if another program wrote meanwhile, and must not be asynchronous.
   * @returns what `mutate` returned
   * @throws what `mutate` throws, and then nothing was changed; TypeError for a value that JSON can't carry
   */
  update<T>(mutate: (sessions: LoadedSessions) => T): Promise<T>;
  /**
   * Writes what was done to loaded sessions. They may be changed and saved again afterwards.
   * @throws StoreError E_STALE_PLAN if somebody else has changed one of these rows since: then nothing was changed
   */
  save(sessions: LoadedSessions): Promise<void>;
  /**
   * Works while no other program that respects the lock may change the store. `work` has to use the store that it is given:
   * this one waits for the lock, and so for `work` itself.
   * @throws StoreError E_LOCKED after the timeout, naming the holder; what `work` throws
   */
  withLock<T>(work: (store: SessionStore) => Promise<T>): Promise<T>;
  /**
   * Adds a line to the transcript of a session, and makes the transcript if there is none. A function makes the line of the
   * record that it will follow.
   */
  append(sessionId: string, line: JsonObject | MakeLine, options?: AppendOptions): Promise<void>;
  /** Reads a transcript. @returns what `use` returned; undefined if there is no transcript */
  read<T>(sessionId: string, use: (transcript: TranscriptReader) => T): Promise<T | undefined>;
  /** The last messages of a session that have text, oldest first; undefined if there is no transcript. */
  preview(sessionId: string, query: PreviewQuery): Promise<readonly TranscriptMessage[] | undefined>;
  /** Ends the work with the store and lets go of its memory. Every later call throws an Error. */
  close(): Promise<void>;
}
