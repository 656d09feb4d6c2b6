/** What a value is, in the words of JSON; `absent` for undefined, and `infinite` for a number that JSON can't spell. */
export function jsonTypeName(value: unknown): string {
  if (value === undefined) return "absent";
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "number" && !Number.isFinite(value) ? "infinite" : typeof value;
}
