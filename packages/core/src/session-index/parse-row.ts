import { isJsonObject, type JsonObject } from "../json-value.ts";
import type { IndexDocument, IndexRow } from "./index-document.ts";

/**
 * Parses the value of a row. Returns undefined for a row that is not understood: it is never looked into.
 * Like everything from JSON.parse, the object is for reading only; writing it back would change its spelling.
 */
export function parseRow(document: IndexDocument, row: IndexRow): JsonObject | undefined {
  if (!row.understood) return undefined;
  const { start, end } = row.valueRange;
  return parseObject(document.bytes.toString("utf8", start, end), start);
}

/**
 * The same without the largest field that no rule looks at (`row.bulk`), which is null here: most of the bytes of a row are
 * in it, and whoever judges ten thousand rows has no use for them.
 */
export function parseLeanRow(document: IndexDocument, row: IndexRow): JsonObject | undefined {
  const { bulk } = row;
  if (!row.understood || bulk === undefined) return parseRow(document, row);
  const { bytes } = document;
  const { start, end } = row.valueRange;
  const before = bytes.toString("utf8", start, bulk.start);
  return parseObject(`${before}null${bytes.toString("utf8", bulk.end, end)}`, start);
}

function parseObject(text: string, start: number): JsonObject {
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value)) throw new TypeError(`the row at byte ${start} is understood, but no object`);
  return value;
}
