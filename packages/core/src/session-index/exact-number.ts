import { jsonByte } from "./json-bytes.ts";

const { minus, dot, zero, nine, lowerE, upperE } = jsonByte;

/** A double never needs more digits than this to be told from its neighbours. */
const doubleDigits = 17;

/** No double is printed with more characters. */
const longestPlainNumber = 25;

/** A decimal without its sign: `0.digits * 10^exponent`, without zeros at either end of the digits. */
interface Decimal {
  /** Empty for zero; not complete if there are more than {@link doubleDigits}. */
  readonly digits: string;
  readonly exponent: number;
}

/**
 * Tells whether the JSON number in `[start, end)` keeps its decimal value when it is read into a double and printed:
 * true for `1.50`, `1E3` and `-0`, false for `9007199254740993`, `1e400` and `0.1234567890123456789`.
 * The time is linear in the length of the number, and no long string is made of it.
 */
export function isExactNumber(bytes: Buffer, start: number, end: number): boolean {
  // Most numbers are spelled as this engine spells them.
  if (end - start <= longestPlainNumber) {
    const text = bytes.toString("latin1", start, end);
    if (String(Number(text)) === text) return true;
  }
  const written = readDecimal(bytes, start, end);
  if (written.digits.length > doubleDigits) return false;
  const double = Number(`0.${written.digits}0e${written.exponent}`);
  if (!Number.isFinite(double)) return false;
  const text = Buffer.from(String(double), "latin1");
  const printed = readDecimal(text, 0, text.length);
  return written.digits === printed.digits && written.exponent === printed.exponent;
}

function readDecimal(bytes: Uint8Array, start: number, end: number): Decimal {
  let digits = "";
  let zeros = 0; // met since the last digit that counts
  let exponent = 0;
  let inFraction = false;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at];
    if (byte === lowerE || byte === upperE) {
      exponent += readExponent(bytes, at + 1, end);
      break;
    }
    if (byte === dot) inFraction = true;
    if (byte === undefined || byte < zero || byte > nine) continue;
    const leads = digits === "" && byte === zero;
    if (leads && inFraction) exponent -= 1;
    if (!leads && !inFraction) exponent += 1;
    if (leads) continue;
    if (byte === zero) {
      zeros += 1;
    } else if (digits.length <= doubleDigits) {
      // More zeros than that in between make it too long anyway.
      digits += "0".repeat(Math.min(zeros, doubleDigits)) + String.fromCharCode(byte);
      zeros = 0;
    }
  }
  return digits === "" ? { digits, exponent: 0 } : { digits, exponent };
}

/** The exponent after the `e`, held to a size at which sums stay exact; every double is far inside it. */
function readExponent(bytes: Uint8Array, start: number, end: number): number {
  const limit = 1e12;
  let exponent = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= zero) exponent = Math.min(exponent * 10 + (byte - zero), limit);
  }
  return bytes[start] === minus ? -exponent : exponent;
}
