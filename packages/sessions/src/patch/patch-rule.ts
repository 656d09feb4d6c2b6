import { type FieldChanges, type JsonObject, type JsonValue, StoreError } from "@sessionsmith/core";

/** The row that is patched, and the store around it. */
export interface PatchedRow {
  /** Session key. */
  readonly key: string;
  readonly entry: JsonObject;
  /** Tells whether another row of the store has this label. */
  readonly isLabelTaken: (label: string) => boolean;
}

/**
 * What a value does to a row: the fields that it changes, undefined for one that goes. `null` asks to clear.
 * @throws StoreError E_USAGE for a value that is not allowed
 */
export type PatchRule = (value: JsonValue, row: PatchedRow) => FieldChanges;

/** The error for a patch that is not allowed. */
export function badPatch(message: string, details: JsonObject, hint?: string): StoreError {
  return new StoreError("E_USAGE", message, hint === undefined ? { details } : { details, hint });
}

/** A change of one field. */
export function oneField(field: string, value: JsonValue | undefined): FieldChanges {
  return new Map([[field, value]]);
}

/** Makes the rule of a field that `null` clears. */
export function clearable(
  field: string,
  read: (value: JsonValue, row: PatchedRow) => JsonValue | undefined,
): PatchRule {
  return (value, row) => oneField(field, value === null ? undefined : read(value, row));
}

/** Makes the reader of one of a few words; case and surrounding space do not count. */
export function wordOf(field: string, words: readonly string[]): (value: JsonValue) => string {
  return (value) => {
    const word = typeof value === "string" ? value.trim().toLowerCase() : "";
    if (words.includes(word)) return word;
    throw badPatch(`invalid ${field} (use ${words.join("|")})`, { field });
  };
}

/** Makes the reader of a text that is not blank. */
export function textOf(field: string): (value: JsonValue) => string {
  return (value) => {
    const text = typeof value === "string" ? value.trim() : "";
    if (text !== "") return text;
    throw badPatch(`invalid ${field} (use a text that is not empty)`, { field });
  };
}

/** Makes the reader of a whole number from 0 on. */
export function countOf(field: string): (value: JsonValue) => number {
  return (value) => {
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
    throw badPatch(`invalid ${field} (use an integer >= 0)`, { field });
  };
}

/** Makes the reader of true or false. */
export function flagOf(field: string): (value: JsonValue) => boolean {
  return (value) => {
    if (typeof value === "boolean") return value;
    throw badPatch(`invalid ${field} (use true or false)`, { field });
  };
}

/** Makes the reader of a list of texts that are not blank. */
export function textsOf(field: string): (value: JsonValue) => readonly string[] {
  return (value) => {
    const items = Array.isArray(value) ? value : [null];
    return items.map((item: JsonValue) => {
      if (typeof item === "string" && item.trim() !== "") return item.trim();
      throw badPatch(`invalid ${field} (use a list of names)`, { field });
    });
  };
}
