/** A value that JSON can carry. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object. Own keys only; never index it with text from a store without `Object.hasOwn`. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** Tells whether a parsed JSON value is an object (not null, not an array). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
