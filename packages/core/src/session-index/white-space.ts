import { jsonByte } from "./json-bytes.ts";

const { tab, lineFeed, carriageReturn, space } = jsonByte;

/** Returns the position of the first byte at or after `start` that is not JSON white space (space, tab, LF, CR). */
export function skipWhiteSpace(bytes: Uint8Array, start: number): number {
  let at = start;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte > space) break;
    if (byte !== space && byte !== lineFeed && byte !== carriageReturn && byte !== tab) break;
  }
  return at;
}
