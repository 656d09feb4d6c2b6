import type { Finding } from "../findings/finding.ts";

/** Half-open byte range `[start, end)` of the index file. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * One member of the index object, as byte ranges and the few fields that every decision needs.
 * The value itself is parsed on demand by `parseRow`.
 */
export interface IndexRow {
  /** The decoded session key; for one that is longer than 1024 bytes, a text with its length and sha256 instead. */
  readonly key: string;
  /** The key with its quotes. */
  readonly keyRange: ByteRange;
  /** The value, without surrounding white space. */
  readonly valueRange: ByteRange;
  /**
   * False for a row that must be kept as it is: never parsed, judged or edited
   * (not an object, too deep, too large, key too long, lone surrogate, inexact number).
   */
  readonly understood: boolean;
  /** True if a later member has the same key: JSON lets that one count, this one is only kept. */
  readonly shadowed: boolean;
  /** `sessionId` if it is a string. */
  readonly sessionId: string | undefined;
  /** `updatedAt` as it stands: a number, or a string; undefined if absent or of another type. */
  readonly updatedAt: number | string | undefined;
  /** `sessionFile` if it is a string. */
  readonly sessionFile: string | undefined;
  /** True if the row has a field that may name further transcripts (`compactionCheckpoints`, `usageFamilySessionIds`). */
  readonly mayNameMore: boolean;
  /**
   * The value of the largest field that no rule looks at (`skillsSnapshot`, `systemPromptReport`), if the row has one:
   * most of the bytes of most rows.
   */
  readonly bulk?: ByteRange | undefined;
}

/** A readable index: the bytes and what one strict pass over them found. */
export interface IndexDocument {
  readonly bytes: Buffer;
  /** Lower-case hex; the identity of the content. */
  readonly sha256: string;
  /** The root object with its braces. */
  readonly root: ByteRange;
  /** Every member in file order, shadowed ones included. */
  readonly rows: readonly IndexRow[];
  readonly findings: readonly Finding[];
}

/** Why an index can't be read. Nothing may be planned on it. */
export type IndexFailureReason =
  | "not-a-regular-file"
  | "io"
  | "empty"
  | "byte-order-mark"
  | "nul-bytes"
  | "invalid-utf8"
  | "truncated"
  | "syntax"
  | "root-not-object"
  /** Not the rest of an index either: it is never mended, as it would be lost. */
  | "database"
  | "another-file";

/** A failure with its place, so that a person can look. */
export interface IndexFailure {
  readonly reason: IndexFailureReason;
  /** One sentence without the path and without content: `expected "," or "}" after a value`. */
  readonly problem: string;
  /** Byte offset, where there is one. */
  readonly offset?: number;
  /** 1-based line and column (in bytes) of the offset. */
  readonly line?: number;
  readonly column?: number;
  readonly errno?: string;
}

/** What a scan yields: a document, or the reason why there is none. Never an empty document for a bad file. */
export type IndexScan =
  | { readonly readable: true; readonly document: IndexDocument }
  | { readonly readable: false; readonly failure: IndexFailure };
