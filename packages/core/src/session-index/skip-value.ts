import { endOfInput, jsonByte } from "./json-bytes.ts";

const { space, quote, comma, backslash, openBracket, closeBracket, openBrace, closeBrace } = jsonByte;

/** Bytes of a string that are looked at one by one before its end is searched for: most strings are that short. */
const shortBytes = 48;

/**
 * The position after a value that is known to be JSON, because the scan of the index took its row for understood. Nothing is checked, so
 * long strings cost next to nothing.
 */
export function skipValue(bytes: Buffer, start: number): number {
  const first = bytes[start];
  if (first === quote) return skipString(bytes, start);
  let at = start;
  if (first !== openBrace && first !== openBracket) {
    while (at < bytes.length && !endsScalar(bytes[at] ?? endOfInput)) at += 1;
    return at;
  }
  let level = 0;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === quote) {
      at = skipString(bytes, at);
      continue;
    }
    at += 1;
    if (byte === openBrace || byte === openBracket) level += 1;
    else if ((byte === closeBrace || byte === closeBracket) && (level -= 1) === 0) return at;
  }
  return at;
}

/** The position after a string that is known to be JSON. */
export function skipString(bytes: Buffer, start: number): number {
  const soon = Math.min(bytes.length, start + shortBytes);
  for (let at = start + 1; at < soon; at += 1) {
    const byte = bytes[at];
    if (byte === quote) return at + 1;
    if (byte === backslash) at += 1;
  }
  for (let at = bytes.indexOf(quote, start + 1); at !== -1; at = bytes.indexOf(quote, at + 1)) {
    if (!isEscaped(bytes, start, at)) return at + 1;
  }
  return bytes.length;
}

/** Tells whether an odd number of backslashes stands before a quote. */
function isEscaped(bytes: Buffer, start: number, quoteAt: number): boolean {
  let at = quoteAt - 1;
  while (at > start && bytes[at] === backslash) at -= 1;
  return (quoteAt - 1 - at) % 2 === 1;
}

function endsScalar(byte: number): boolean {
  return byte <= space || byte === comma || byte === closeBrace || byte === closeBracket;
}
