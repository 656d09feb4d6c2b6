import { nowhere, stopScan, type ByteScan } from "./byte-scan.ts";
import { endOfInput, jsonByte } from "./json-bytes.ts";

const { space, quote, zero, nine, backslash, lowerU } = jsonByte;

/** 1 for each byte that may follow a backslash, but for `u`. */
const simpleEscapes = bytesMarked('"\\/bfnrt');

/**
 * Scans the string that opens with the quote at `start`. Returns the position after its closing quote,
 * or `stopped`. Notes escapes and lone surrogates in `scan`.
 */
export function scanString(scan: ByteScan, start: number): number {
  const { bytes, words } = scan;
  const lastWord = bytes.length - 3;
  let at = start + 1;
  for (;;) {
    for (; at < lastWord; at += 4) {
      if (holdsStringEnd(words.getInt32(at))) break;
    }
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? endOfInput;
      if (byte === quote) return at + 1;
      if (byte === backslash || byte < space) break;
    }
    at = scanEscape(scan, at);
    if (at < 0) return at;
  }
}

/** Tells whether one of four bytes is a quote, a backslash or a control character. */
function holdsStringEnd(word: number): boolean {
  const noQuote = word ^ 0x22222222;
  const noBackslash = word ^ 0x5c5c5c5c;
  // `(x - 0x01…) & ~x` has a high bit set exactly if a byte of x is zero, `(x - 0x20…) & ~x` if one is below 0x20.
  const quotes = (noQuote - 0x01010101) & ~noQuote;
  const backslashes = (noBackslash - 0x01010101) & ~noBackslash;
  const controls = (word - 0x20202020) & ~word;
  return ((quotes | backslashes | controls) & 0x80808080) !== 0;
}

/** Scans the escape at `start`, where a string can't go on without one. Returns the position after it, or `stopped`. */
function scanEscape(scan: ByteScan, start: number): number {
  const { bytes } = scan;
  if (bytes[start] !== backslash) return stopScan(scan, start, "a control character stands in a string");
  scan.escaped = true;
  const kind = bytes[start + 1] ?? endOfInput;
  if (kind === lowerU) return scanUnicodeEscape(scan, start);
  if (simpleEscapes[kind] === 1) return start + 2;
  return stopScan(scan, start + 1, "a backslash is followed by a character that makes no escape");
}

/** Scans `\uXXXX`, and the second half of a surrogate pair with it. Returns the position after it, or `stopped`. */
function scanUnicodeEscape(scan: ByteScan, start: number): number {
  const unit = readHexDigits(scan, start + 2);
  if (unit < 0) return unit;
  const end = start + 6;
  if (unit < 0xd800 || unit > 0xdfff) return end;
  if (unit <= 0xdbff && startsEscape(scan.bytes, end)) {
    const second = readHexDigits(scan, end + 2);
    if (second < 0) return second;
    if (second >= 0xdc00 && second <= 0xdfff) return end + 6;
  }
  if (scan.loneSurrogateAt === nowhere) scan.loneSurrogateAt = start;
  return end;
}

function startsEscape(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === backslash && bytes[at + 1] === lowerU;
}

/** Returns the value of the four hexadecimal digits at `start`, or `stopped`. */
function readHexDigits(scan: ByteScan, start: number): number {
  let value = 0;
  for (let at = start; at < start + 4; at += 1) {
    const digit = hexDigit(scan.bytes[at] ?? endOfInput);
    if (digit < 0) return stopScan(scan, at, 'expected four hexadecimal digits after "\\u"');
    value = value * 16 + digit;
  }
  return value;
}

function hexDigit(byte: number): number {
  if (byte >= zero && byte <= nine) return byte - zero;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : -1;
}

function bytesMarked(characters: string): Uint8Array {
  const marks = new Uint8Array(256);
  for (const byte of Buffer.from(characters)) marks[byte] = 1;
  return marks;
}
