/**
 * One spelling for one value: object keys sorted by code unit, no white space.
 * A member that is `undefined` is left out, as `JSON.stringify` does it.
 *
 * @throws Error for anything that JSON can't carry (bigint, NaN, function, Date, Map, a hole in an array): a mistake of the caller.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "string" || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(",")}]`;
  if (isPlainObject(value)) return `{${canonicalMembers(value).join(",")}}`;
  throw new Error(`canonicalJson can't write a value of type ${typeof value}`);
}

function canonicalMembers(object: Readonly<Record<string, unknown>>): string[] {
  const members: string[] = [];
  for (const key of Object.keys(object).toSorted()) {
    const value = object[key];
    if (value !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(value)}`);
  }
  return members;
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
