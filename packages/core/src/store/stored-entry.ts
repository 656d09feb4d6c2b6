/** A row of a store as JSON, to be read and changed. Rows hold what their writers put there: look before you trust a field. */
export interface StoredEntry {
  [field: string]: StoredValue | undefined;
}

/** A value in a row. */
export type StoredValue = null | boolean | number | string | StoredValue[] | StoredEntry;

/** Tells whether a value that JSON.parse returned is an object. */
export function isStoredEntry(value: unknown): value is StoredEntry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
