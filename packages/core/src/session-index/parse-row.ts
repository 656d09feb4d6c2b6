import { isJsonObject, type JsonObject } from "../json-value.ts";
import type { IndexDocument, IndexRow } from "./index-document.ts";

/**
 * Parses the value of a row. Returns undefined for a row that is not understood: it is never looked into.
 * Like everything from JSON.parse, the object is for reading only; writing it back would change its spelling.
 */
export function parseRow(document: IndexDocument, row: IndexRow): JsonObject | undefined {
  if (!row.understood) return undefined;
  const { start, end } = row.valueRange;
  const value: unknown = JSON.parse(document.bytes.toString("utf8", start, end));
  if (!isJsonObject(value)) throw new TypeError(`the row at byte ${start} is understood, but no object`);
  return value;
}
