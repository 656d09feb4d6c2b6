import { jsonByte } from "../session-index/json-bytes.ts";

/** Deepest nesting of a JSON text that is parsed (docs/invariants.md I8). */
export const jsonDepthLimit = 256;

/**
 * Tells whether brackets and braces outside of strings nest deeper than {@link jsonDepthLimit}. One pass.
 * Asked before `JSON.parse`, which takes seconds for a few megabytes of opening brackets.
 */
export function isTooDeep(json: Uint8Array): boolean {
  if (json.length <= jsonDepthLimit) return false;
  // Nearly every line has so few of them that counting, which is ten times faster, settles it.
  const openers = countUpTo(json, jsonByte.openBrace) + countUpTo(json, jsonByte.openBracket);
  return openers > jsonDepthLimit && nestsTooDeep(json);
}

/** How often a byte occurs; stops counting just above the limit. */
function countUpTo(json: Uint8Array, byte: number): number {
  let count = 0;
  for (let at = json.indexOf(byte); at !== -1 && count <= jsonDepthLimit; at = json.indexOf(byte, at + 1))
    count++;
  return count;
}

function nestsTooDeep(json: Uint8Array): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === jsonByte.quote) at = closingQuote(json, at);
    else if (byte === jsonByte.openBracket || byte === jsonByte.openBrace) {
      depth++;
      if (depth > jsonDepthLimit) return true;
    } else if (byte === jsonByte.closeBracket || byte === jsonByte.closeBrace) depth--;
  }
  return false;
}

/** Offset of the quote that closes the JSON string opened by the quote at `start`; the length or more if none does. */
export function closingQuote(json: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== jsonByte.quote) at += json[at] === jsonByte.backslash ? 2 : 1;
  return at;
}
