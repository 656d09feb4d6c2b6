import type { IndexRow } from "../session-index/index-document.ts";
import type { RowTime } from "../model/row-time.ts";

/** One counted row of the index (the last one of its key) with what the directory says about it. */
export interface RowFacts {
  readonly row: IndexRow;
  /** `updatedAt`, understood. */
  readonly time: RowTime;
  readonly transcript: TranscriptResolution;
  /** True while a process holds the lock of its transcript, or of another transcript that the row references. */
  readonly locked: boolean;
}

/** Where the transcript of a row is (resolution, not reference). */
export type TranscriptResolution =
  /** A file of the sessions directory, by name. `relocated`: the row names another directory, the same basename is here. */
  | { readonly state: "present"; readonly name: string; readonly relocated: boolean }
  /** `sessionFile` is a path outside the sessions directory at which a file exists. */
  | { readonly state: "outside"; readonly path: string }
  /** Every candidate is ENOENT; their absolute paths, in the order of resolution. */
  | { readonly state: "missing"; readonly candidates: readonly string[] }
  /** The row names none: no usable `sessionId` and no `sessionFile`. */
  | { readonly state: "unnamed" }
  /**
   * A candidate could not be looked at, is no regular file, or is a path that is never used. Never acted on.
   * `path` is absolute, but for a path that is never used: that stands as the row has it.
   */
  | { readonly state: "unknown"; readonly path: string; readonly errno?: string };
