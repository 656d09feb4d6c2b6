import { envelopeKind, isJsonObject, type JsonObject, parseRecord } from "@sessionsmith/core";
import type { LineCodec, LineEnd } from "../encryption/line-codec.ts";
import { tampered } from "../encryption/tampered.ts";

/** A record, and the place after it. */
export interface PlacedRecord {
  readonly record: JsonObject;
  readonly end: LineEnd;
}

/** A stored record, and the place before it. */
export interface StoredAfter {
  readonly record: JsonObject;
  readonly after: LineEnd;
}

/** Makes the stored record of a record. */
export function encodeRecord(codec: LineCodec, record: JsonObject, after: LineEnd): PlacedRecord {
  const plain = JSON.stringify(record);
  const { text, end } = codec.encode(Buffer.from(plain, "utf8"), after);
  remember(codec, text, { plain, after: after.tag, end });
  return { record: storedRecord(text), end };
}

/**
 * Makes the record of a stored one that follows that place.
 * @param place what the transcript is called in an error
 * @throws StoreError E_TAMPERED
 */
export function decodeRecord(codec: LineCodec, { record, after }: StoredAfter, place: string): PlacedRecord {
  const text = JSON.stringify(record);
  const known = lately.get(codec)?.get(text);
  // A line is the same only where it is the same in every byte, and stands after the same one.
  if (known !== undefined && known.after === after.tag && known.end.count === after.count + 1)
    return { record: recordOf(Buffer.from(known.plain, "utf8"), place, known.end), end: known.end };
  const { bytes, end } = codec.decode(Buffer.from(text, "utf8"), after);
  const opened = recordOf(bytes, place, end);
  remember(codec, text, { plain: bytes.toString("utf8"), after: after.tag, end });
  return { record: opened, end };
}

/** A line that was encrypted or verified lately. */
interface KnownLine {
  readonly plain: string;
  /** The tag of the line before. */
  readonly after: string;
  readonly end: LineEnd;
}

/** Who follows a conversation reads its newest lines again and again: they are verified once. By their stored text. */
const lately = new WeakMap<LineCodec, Map<string, KnownLine>>();
const mostLines = 256;
const longestText = 8192;

function remember(codec: LineCodec, text: string, line: KnownLine): void {
  if (text.length > longestText) return;
  const lines = lately.get(codec) ?? new Map<string, KnownLine>();
  lately.set(codec, lines);
  lines.set(text, line);
  if (lines.size <= mostLines) return;
  for (const oldest of lines.keys()) {
    lines.delete(oldest);
    return;
  }
}

function recordOf(bytes: Buffer, place: string, { count }: LineEnd): JsonObject {
  const parsed = parseRecord(bytes);
  if (parsed.ok) return parsed.record;
  throw tampered(place, count, "it holds no record");
}

/** The record of a line that a codec made. */
export function storedRecord(text: string): JsonObject {
  const parsed = parseRecord(Buffer.from(text, "utf8"));
  if (!parsed.ok) throw new Error("a codec that makes no record");
  return parsed.record;
}

/** The line that a stored record stands on. */
export function storedBytes(record: JsonObject): Buffer {
  return Buffer.from(JSON.stringify(record), "utf8");
}

/** The place that a stored record says of itself, not verified; undefined if it is not encrypted. */
export function claimedEnd(record: JsonObject): LineEnd | undefined {
  if (envelopeKind(record) === undefined || !isJsonObject(record["data"])) return undefined;
  const { n, tag } = record["data"];
  return typeof n === "number" && typeof tag === "string" ? { count: n, tag } : undefined;
}
