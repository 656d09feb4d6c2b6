import { isJsonObject, type JsonObject } from "@sessionsmith/core";

/** A text of a row that a statement gave. Throws if it is none: then the schema is not what this program knows. */
export function textOf(row: unknown, column: string): string {
  const value = valueOf(row, column);
  if (typeof value === "string") return value;
  throw new TypeError(`${column} of a row is no text`);
}

/** A number of a row that a statement gave. Throws as {@link textOf}. */
export function numberOf(row: unknown, column: string): number {
  const value = valueOf(row, column);
  if (typeof value === "number") return value;
  throw new TypeError(`${column} of a row is no number`);
}

/** A text of a row that holds a JSON object. Throws as {@link textOf}. */
export function objectOf(row: unknown, column: string): JsonObject {
  const value: unknown = JSON.parse(textOf(row, column));
  if (isJsonObject(value)) return value;
  throw new TypeError(`${column} of a row is no JSON object`);
}

function valueOf(row: unknown, column: string): unknown {
  return isJsonObject(row) ? row[column] : undefined;
}
