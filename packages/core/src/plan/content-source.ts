import type { JsonObject } from "../json-value.ts";
import type { Sequence } from "../sequence.ts";
import type { SpliceEdit } from "../session-index/splice-edit.ts";

/** Where a step takes the bytes of a new file from; a plan itself holds no conversation text. */
export type ContentSource = DeriveSource | InlineSource | SpliceSource;

/** A short text in the plan itself: a row, a header, a field. At most {@link inlineLimitBytes}. */
export interface InlineSource {
  readonly source: "inline";
  readonly text: string;
}

/** Bytes of UTF-8 that an inline source may hold. */
export const inlineLimitBytes = 65_536;

/** An existing file with edits; everything between them keeps its bytes. Without edits it is a copy. */
export interface SpliceSource {
  readonly source: "splice";
  /** Absolute path. */
  readonly path: string;
  /** Bytes and sha256 (lower-case hex) of the file that the edits were made for. */
  readonly size: number;
  readonly sha256: string;
  readonly edits: Sequence<SpliceEdit>;
}

/** The answer of a pure function over existing files, named so that a saved plan can find it again. */
export interface DeriveSource {
  readonly source: "derive";
  readonly recipe: string;
  readonly inputs: Sequence<SourceFile>;
  readonly params: JsonObject;
}

/** A file that a recipe reads, as it must still be. */
export interface SourceFile {
  /** Absolute path. */
  readonly path: string;
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
}
