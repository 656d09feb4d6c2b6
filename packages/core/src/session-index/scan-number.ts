import { nowhere, stopScan, type ByteScan } from "./byte-scan.ts";
import { isExactNumber } from "./exact-number.ts";
import { endOfInput, jsonByte } from "./json-bytes.ts";

const { plus, minus, dot, zero, nine, lowerE, upperE } = jsonByte;

/**
 * A decimal of so many digits survives the way through a double, as long as its exponent has no more than two:
 * that is far from the ends of what a double can hold.
 */
const safeDigits = 15;
const safeExponentDigits = 2;

/**
 * Scans the number that starts at `start` (a minus sign or a digit). Returns the position after it, or `stopped`.
 * Notes a number that a double can't hold exactly in `scan`.
 */
export function scanNumber(scan: ByteScan, start: number): number {
  const { bytes } = scan;
  const first = bytes[start] === minus ? start + 1 : start;
  // A zero that leads other digits ends the number; the caller then finds a digit where none belongs.
  let at = bytes[first] === zero ? first + 1 : scanDigits(scan, first);
  if (at >= 0 && bytes[at] === dot) at = scanDigits(scan, at + 1);
  if (at < 0) return at;
  let isSafe = at - first <= safeDigits;
  if (bytes[at] === lowerE || bytes[at] === upperE) {
    const sign = bytes[at + 1];
    const exponent = sign === plus || sign === minus ? at + 2 : at + 1;
    at = scanDigits(scan, exponent);
    if (at < 0) return at;
    isSafe &&= at - exponent <= safeExponentDigits;
  }
  if (!isSafe && scan.inexactNumberAt === nowhere && !isExactNumber(bytes, start, at))
    scan.inexactNumberAt = start;
  return at;
}

/** Scans one digit or more. */
function scanDigits(scan: ByteScan, start: number): number {
  const { bytes } = scan;
  let at = start;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? endOfInput;
    if (byte < zero || byte > nine) break;
  }
  return at === start ? stopScan(scan, at, "expected a digit") : at;
}
