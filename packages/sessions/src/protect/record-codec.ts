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
  const { text, end } = codec.encode(Buffer.from(JSON.stringify(record), "utf8"), after);
  return { record: storedRecord(text), end };
}

/**
 * Makes the record of a stored one that follows that place.
 * @param place what the transcript is called in an error
 * @throws StoreError E_TAMPERED
 */
export function decodeRecord(codec: LineCodec, { record, after }: StoredAfter, place: string): PlacedRecord {
  const { bytes, end } = codec.decode(storedBytes(record), after);
  const parsed = parseRecord(bytes);
  if (!parsed.ok) throw tampered(place, end.count, "it holds no record");
  return { record: parsed.record, end };
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
