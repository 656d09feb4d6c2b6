import type { ByteRange } from "./index-document.ts";

/**
 * Decodes a JSON string that a scan accepted; the range holds its quotes, and the caller bounds its length.
 * A lone surrogate comes out as JSON.parse gives it. `escaped` may be false only where it is known that no backslash
 * is in the string; that is twice as fast.
 */
export function decodeString(bytes: Buffer, { start, end }: ByteRange, escaped = true): string {
  if (escaped) return String(JSON.parse(bytes.toString("utf8", start, end)));
  return bytes.toString("utf8", start + 1, end - 1);
}
