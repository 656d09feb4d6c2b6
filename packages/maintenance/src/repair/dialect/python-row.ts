import {
  fromOpenClawPython,
  isOpenClawPythonRow,
  type JsonObject,
  type JsonValue,
  type RowChange,
} from "@sessionsmith/core";

/**
 * What changes in a row of openclaw-python, so that OpenClaw can read it: its fields get their names, and those that say "not set" go. A field
 * that stands there in both spellings, with two values, stays in both. Undefined for a row in which nothing changes.
 */
export function pythonRowChange(entry: JsonObject): RowChange | undefined {
  if (!isOpenClawPythonRow(entry)) return undefined;
  const converted = fromOpenClawPython(entry).entry;
  const cleared = Object.keys(entry).filter((name) => !Object.hasOwn(converted, name));
  const fields = Object.entries(converted).filter(
    (field): field is [string, JsonValue] => field[1] !== undefined && !isSame(entry, field[0], field[1]),
  );
  if (cleared.length + fields.length === 0) return undefined;
  return { fields: Object.fromEntries(fields), cleared };
}

function isSame(entry: JsonObject, name: string, value: JsonValue): boolean {
  return Object.hasOwn(entry, name) && JSON.stringify(entry[name]) === JSON.stringify(value);
}
