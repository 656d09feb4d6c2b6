import type { JsonObject, JsonValue } from "../json-value.ts";
import type { FieldChanges } from "../session-index/index-edits.ts";
import { isJsonEqual } from "../json-equal.ts";

/** The fields in which a row differs from what it was: their new values, undefined for those that are gone. */
export function fieldChanges(before: JsonObject, after: JsonObject): FieldChanges {
  const changes = new Map<string, JsonValue | undefined>();
  for (const [name, value] of Object.entries(after)) {
    if (!Object.hasOwn(before, name) || !isJsonEqual(before[name], value)) changes.set(name, value);
  }
  for (const name of Object.keys(before)) if (!Object.hasOwn(after, name)) changes.set(name, undefined);
  return changes;
}
