/**
 * Writes one spelling for one value: object keys sorted by code unit, no white space. A member that is `undefined` is left out,
 * as `JSON.stringify` does it. The text comes part by part, so that a plan of a large store never becomes one string; no part
 * ends inside a character.
 *
 * @throws Error for anything that JSON can't carry (bigint, NaN, function, Date, Map, a hole in an array): a mistake of the caller.
 */
export function writeCanonicalJson(value: unknown, put: (part: string) => void): void {
  if (Array.isArray(value)) putList(value, put);
  else if (isPlainObject(value)) putMembers(value, put);
  else put(scalarJson(value));
}

function scalarJson(value: unknown): string {
  if (value === null || typeof value === "string" || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  throw new Error(`canonical JSON can't carry a value of type ${typeof value}`);
}

function putList(items: readonly unknown[], put: (part: string) => void): void {
  for (let index = 0; index < items.length; index += 1) {
    put(index === 0 ? "[" : ",");
    writeCanonicalJson(items[index], put);
  }
  put(items.length === 0 ? "[]" : "]");
}

function putMembers(object: Readonly<Record<string, unknown>>, put: (part: string) => void): void {
  let opening = "{";
  for (const key of Object.keys(object).toSorted()) {
    const value = object[key];
    if (value === undefined) continue;
    put(`${opening}${JSON.stringify(key)}:`);
    writeCanonicalJson(value, put);
    opening = ",";
  }
  put(opening === "{" ? "{}" : "}");
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
