import { isUtf8 } from "node:buffer";
import { firstInvalidUtf8 } from "./first-invalid-utf8.ts";

/** Text that is valid UTF-8, and where it was not. */
export interface MendedText {
  readonly bytes: Buffer;
  /** Offset of the first byte that was no UTF-8, in the text as it was; undefined if all of it was. */
  readonly invalidAt: number | undefined;
}

/**
 * Takes every byte that is no UTF-8 for a character of Latin-1 and spells it in UTF-8; all the rest keeps its bytes.
 * Linear in the length of the text.
 */
export function mendUtf8(bytes: Buffer): MendedText {
  if (isUtf8(bytes)) return { bytes, invalidAt: undefined };
  const parts: Buffer[] = [];
  let start = 0;
  let invalidAt: number | undefined;
  while (start < bytes.length) {
    const rest = bytes.subarray(start);
    const length = firstInvalidUtf8(rest);
    if (length === -1) {
      parts.push(rest);
      break;
    }
    invalidAt ??= start + length;
    parts.push(rest.subarray(0, length), Buffer.from(rest.toString("latin1", length, length + 1), "utf8"));
    start += length + 1;
  }
  return { bytes: Buffer.concat(parts), invalidAt };
}
