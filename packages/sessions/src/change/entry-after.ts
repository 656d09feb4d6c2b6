import type { JsonObject } from "@sessionsmith/core";
import type { RowTurn } from "./sessions-change.ts";

/** The row as it is once its fields are changed. */
export function entryAfter(
  entry: JsonObject,
  { fields = {}, cleared = [] }: Pick<RowTurn, "cleared" | "fields">,
): JsonObject {
  const gone = new Set(cleared);
  return { ...Object.fromEntries(Object.entries(entry).filter(([name]) => !gone.has(name))), ...fields };
}
