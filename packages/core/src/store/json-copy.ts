import type { JsonObject, JsonValue } from "../json-value.ts";

/** Levels of objects and arrays in a row; a deeper one could not be read again (docs/invariants.md I8). */
const maxDepth = 256;

/**
 * A deep copy of a value that JSON can carry as it is. A field that is undefined is left out, as JSON.stringify does it;
 * everything else that JSON would change or drop is refused.
 * @param name says in the error where the value is: a session key and a field
 * @throws TypeError for NaN, an infinity, a bigint, a function, a symbol, a hole, a Date or other instance, a cycle
 */
export function jsonCopy(value: unknown, name: string): JsonValue {
  return copy(value, name, 0);
}

/** {@link jsonCopy} of an object. */
export function jsonCopyOfObject(value: object, name: string): JsonObject {
  return copyObject(value, name, 0);
}

function copy(value: unknown, name: string, depth: number): JsonValue {
  if (depth > maxDepth) throw notJson(name, "is nested too deep, or in itself");
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") {
    if (Number.isFinite(value)) return value;
    throw notJson(name, `is ${value}`);
  }
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return Array.from(items, (item, at) => copy(item, `${name}[${at}]`, depth + 1));
  }
  if (typeof value === "object") return copyObject(value, name, depth);
  throw notJson(name, `is of type ${typeof value}`);
}

function copyObject(value: object, name: string, depth: number): JsonObject {
  if (!isPlain(value)) throw notJson(name, "is no plain object");
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    fields.map(([field, inner]) => [field, copy(inner, `${name}.${field}`, depth + 1)]),
  );
}

/** Plain objects of other realms are plain too. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function notJson(name: string, what: string): TypeError {
  return new TypeError(`${name} ${what}: JSON can't carry that. Nothing was changed.`);
}
