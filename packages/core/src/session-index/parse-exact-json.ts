import { isJsonObject, type JsonValue } from "../json-value.ts";
import { createByteScan, nowhere } from "./byte-scan.ts";
import { jsonByte } from "./json-bytes.ts";
import { scanValue } from "./scan-value.ts";
import { skipString } from "./skip-value.ts";
import { skipWhiteSpace } from "./white-space.ts";

/** What a JSON text says, or what stands in the way of taking it for that; the problem follows the name of the text. */
export type ExactJson =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly problem: string };

/**
 * Parses a JSON text whose value is written anew later, and refuses one that would not say the same then: a number that a double
 * can't hold exactly, a name that stands twice in an object. One that is nested too deep for a row is refused as well.
 */
export function parseExactJson(text: string): ExactJson {
  const bytes = Buffer.from(text, "utf8");
  const scan = createByteScan(bytes);
  const end = scanValue(scan, skipWhiteSpace(bytes, 0), { onName: () => {}, onValueEnd: () => {} });
  if (end < 0 || skipWhiteSpace(bytes, end) < bytes.length) return refused("is no JSON value");
  if (scan.tooDeepAt !== nowhere) return refused("is nested too deep");
  if (scan.inexactNumberAt !== nowhere)
    return refused("holds a number with more digits than can be kept, or too large a one");
  const value: JsonValue = JSON.parse(text);
  return countMembers(value) === countColons(bytes) ? { ok: true, value } : refused("names a member twice");
}

function refused(problem: string): ExactJson {
  return { ok: false, problem };
}

/** The members that a value has in all its objects. */
function countMembers(value: JsonValue): number {
  const inner = isJsonObject(value) ? Object.values(value) : Array.isArray(value) ? value : [];
  const own = isJsonObject(value) ? inner.length : 0;
  return inner.reduce((sum: number, one: JsonValue | undefined) => sum + countMembers(one ?? null), own);
}

/** The members that a JSON text writes: the colons outside its strings. */
function countColons(bytes: Buffer): number {
  let count = 0;
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at] === jsonByte.colon) count += 1;
    at = bytes[at] === jsonByte.quote ? skipString(bytes, at) : at + 1;
  }
  return count;
}
