/**
 * Writes one spelling for one value: object keys sorted by code unit, no white space. A member that is `undefined` is left out,
 * as `JSON.stringify` does it. The text comes part by part, so that a plan of a large store never becomes one string; no part
 * ends inside a character.
 *
 * @throws Error for anything that JSON can't carry (bigint, NaN, function, Date, Map, a hole in an array): a mistake of the caller.
 */
export function writeCanonicalJson(value: unknown, put: (part: string) => void): void {
  putValue("", value, { put, names: new Map() });
}

/** Where the text goes, and how the names of members are written: a plan has many members and few names. */
interface CanonicalText {
  readonly put: (part: string) => void;
  readonly names: Map<string, string>;
}

/** Puts a value, behind what stands before it. */
function putValue(before: string, value: unknown, text: CanonicalText): void {
  if (Array.isArray(value)) putList(before, value, text);
  else if (isPlainObject(value)) putMembers(before, value, text);
  else text.put(before + scalarJson(value));
}

function scalarJson(value: unknown): string {
  if (value === null || typeof value === "string" || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  throw new Error(`canonical JSON can't carry a value of type ${typeof value}`);
}

function putList(before: string, items: readonly unknown[], text: CanonicalText): void {
  let opening = `${before}[`;
  for (const item of items) {
    putValue(opening, item, text);
    opening = ",";
  }
  text.put(opening === "," ? "]" : `${before}[]`);
}

function putMembers(before: string, object: Readonly<Record<string, unknown>>, text: CanonicalText): void {
  let opening = `${before}{`;
  for (const name of Object.keys(object).toSorted()) {
    const value = object[name];
    if (value === undefined) continue;
    putValue(opening + nameJson(name, text.names), value, text);
    opening = ",";
  }
  text.put(opening === "," ? "}" : `${before}{}`);
}

function nameJson(name: string, names: Map<string, string>): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  const json = `${JSON.stringify(name)}:`;
  names.set(name, json);
  return json;
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
