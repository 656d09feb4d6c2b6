import type { JsonObject } from "../json-value.ts";
import { jsonByte } from "../session-index/json-bytes.ts";
import { type LinePiece, findPieces } from "./line-pieces.ts";
import { parseRecord } from "./parse-record.ts";
import type { TranscriptLine } from "./scan-lines.ts";

/** A whole record and where it stands in the file. */
export interface RecordPiece {
  /** Half-open byte range in the file. */
  readonly start: number;
  readonly end: number;
  readonly bytes: Buffer;
  readonly record: JsonObject;
}

/** What a line of a transcript is. */
export type LineContent =
  | { readonly kind: "blank"; readonly pieces: readonly [] }
  /** Too long or nested too deep to be parsed. */
  | { readonly kind: "unread"; readonly pieces: readonly [] }
  | { readonly kind: "record"; readonly pieces: readonly [RecordPiece] }
  /** No record as a whole: the whole records in it, and what the rest is. */
  | { readonly kind: "broken"; readonly pieces: readonly RecordPiece[]; readonly rest: LineRest };

/** What there is in a broken line beside whole records. */
export interface LineRest {
  /** `none`: nothing but white space. */
  readonly what: "none" | "nul" | "not-utf8" | "other";
  /** True if some of it stands before the last record. */
  readonly leads: boolean;
  /** True if some of it stands after the last record. */
  readonly trails: boolean;
}

/**
 * Tells what a line is. Never throws for what it holds.
 * @param line without carriage returns at its end
 * @param offset where it begins in the file
 */
export function classifyLine(
  { bytes, blank }: Pick<TranscriptLine, "blank" | "bytes">,
  offset: number,
): LineContent {
  if (bytes === undefined) return { kind: "unread", pieces: [] };
  if (blank) return { kind: "blank", pieces: [] };
  const parsed = parseRecord(bytes);
  if (parsed.ok) {
    const { record } = parsed;
    return { kind: "record", pieces: [{ start: offset, end: offset + bytes.length, bytes, record }] };
  }
  if (parsed.problem === "too-deep") return { kind: "unread", pieces: [] };
  const found = findPieces(bytes);
  const pieces = found.map(({ start, end, record }) => {
    return { start: offset + start, end: offset + end, bytes: bytes.subarray(start, end), record };
  });
  const rest = restOf(bytes, found);
  if (pieces.length === 0 && rest.what === "none") return { kind: "blank", pieces: [] };
  const isText = parsed.problem !== "not-utf8" || rest.what !== "other";
  return { kind: "broken", pieces, rest: isText ? rest : { ...rest, what: "not-utf8" } };
}

function restOf(bytes: Buffer, pieces: readonly LinePiece[]): LineRest {
  const gaps = pieces.map(({ start }, n) => gapOf(bytes.subarray(pieces[n - 1]?.end ?? 0, start)));
  const last = gapOf(bytes.subarray(pieces.at(-1)?.end ?? 0));
  const all = new Set([...gaps, last]);
  return {
    what: all.has("other") ? "other" : all.has("nul") ? "nul" : "none",
    leads: gaps.some((gap) => gap !== "none"),
    trails: last !== "none",
  };
}

/** What bytes between records are: nothing but white space, that and NUL bytes, or anything else. */
export function gapOf(gap: Buffer): "none" | "nul" | "other" {
  let hasNul = false;
  for (const byte of gap) {
    if (byte === 0) hasNul = true;
    else if (!isWhite(byte)) return "other";
  }
  return hasNul ? "nul" : "none";
}

function isWhite(byte: number): boolean {
  return byte === jsonByte.space || byte === jsonByte.tab || byte === jsonByte.carriageReturn;
}
