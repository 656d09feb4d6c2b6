import type { JsonObject } from "../json-value.ts";
import type { StoreOptions } from "./store-options.ts";

/** A transcript, named by its session. */
export interface TranscriptAddress {
  /** Path of the index, or of the directory that holds `sessions.json`. */
  readonly storePath: string;
  readonly sessionId: string;
}

/**
 * Makes a line of the last record of the transcript; undefined if only the header is there, or nothing. Called while nobody else
 * may write; may be called again if what it made could not be written.
 */
export type MakeLine = (last: JsonObject | undefined) => JsonObject;

/** How a line is added to a transcript. */
export interface AppendOptions {
  /**
   * When the line reaches stable storage. `always` (the default): before the call returns. `batch`: too, but lines that come
   * within 10 ms of each other share one sync. `never`: when the system sees fit, so that a power failure may take it.
   */
  readonly fsync?: "always" | "batch" | "never";
  /** The working directory of the agent, for the header of a new transcript. Default: that of this process. */
  readonly cwd?: string;
  /** True: only while a row has the session id, so that no transcript comes to lie there that nobody needs. Default false. */
  readonly needsRow?: boolean;
}

/** Which part of a transcript to show. */
export interface PreviewQuery {
  /** Messages at most. */
  readonly limit: number;
  /** Code points that each text is cut to. */
  readonly maxChars: number;
}

/** {@link AppendOptions} with the machine. */
export type AppendLineOptions = AppendOptions & StoreOptions;
