import type { JsonObject, JsonValue } from "@sessionsmith/core";

/** Where a transcript ends: what the next line is bound to. */
export interface LineEnd {
  /** Lines so far, without the header and an opening. */
  readonly count: number;
  /** The tag of the last envelope, base64; empty in a plain transcript. */
  readonly tag: string;
}

/** A place that a row vouches for. */
export interface SealedPlace extends LineEnd {
  /** sha256 of line 1; undefined if the row does not know it. */
  readonly header: string | undefined;
}

/** A line as it is stored, without a line end. */
export interface EncodedLine {
  readonly text: string;
  readonly end: LineEnd;
}

/** A stored line as it was before, without its line end. */
export interface DecodedLine {
  readonly bytes: Buffer;
  readonly end: LineEnd;
}

/**
 * How the lines of one transcript are stored: as they are, or encrypted. The header, line 1, is always stored as it is and never given
 * to a codec; nor is an opening. Pure: one codec stores the same line at the same place in the same way.
 */
export interface LineCodec {
  readonly encrypted: boolean;
  /** The line that stands right after the header; undefined in a plain transcript. */
  readonly opening: string | undefined;
  /** The place before the first line, after the opening. */
  readonly start: LineEnd;
  /** Makes the stored line of a line without its end. */
  readonly encode: (line: Uint8Array, after: LineEnd) => EncodedLine;
  /**
   * Makes the line of a stored one, given without its end.
   * @throws StoreError E_TAMPERED if it is not what was written at that place
   */
  readonly decode: (stored: Uint8Array, after: LineEnd) => DecodedLine;
  /**
   * What the row keeps under `pluginExtensions.sessionsmith.encryption`, so that nobody can cut lines off unnoticed; undefined for
   * a plain transcript.
   * @param header sha256 of line 1 without its end; undefined if that is not known
   */
  readonly seal: (end: LineEnd, header: string | undefined) => JsonObject | undefined;
  /**
   * The place up to which a row vouches for its transcript: the transcript has at least so many lines, and the one there has that tag.
   * @throws StoreError E_TAMPERED if there is no seal, it is not one of this transcript, or line 1 is another one
   */
  readonly checkSeal: (seal: JsonValue | undefined, header: string | undefined) => SealedPlace;
}

const nothing: LineEnd = { count: 0, tag: "" };

/** Stores lines as they are. */
export const plainLines: LineCodec = {
  encrypted: false,
  opening: undefined,
  start: nothing,
  encode: (line, { count }) => ({
    text: Buffer.from(line).toString("utf8"),
    end: { count: count + 1, tag: "" },
  }),
  decode: (stored, { count }) => ({ bytes: Buffer.from(stored), end: { count: count + 1, tag: "" } }),
  seal: () => undefined,
  checkSeal: () => ({ ...nothing, header: undefined }),
};
