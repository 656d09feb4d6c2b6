import { nowhere, stopScan, type ByteScan, type stopped } from "./byte-scan.ts";
import { endOfInput, jsonByte } from "./json-bytes.ts";
import { scanNumber } from "./scan-number.ts";
import { scanString } from "./scan-string.ts";
import { skipWhiteSpace } from "./white-space.ts";

const { quote, comma, minus, zero, nine, colon, openBracket, openBrace, closeBrace } = jsonByte;

const trueWord = Buffer.from("true");
const falseWord = Buffer.from("false");
const nullWord = Buffer.from("null");

/** Levels of nesting that a row may have, its own braces counted (docs/invariants.md I8). */
export const maxRowDepth = 256;

/** The same, counted from the root object. */
const maxLevel = 1 + maxRowDepth;

/** Levels that a {@link MemberListener} hears of. */
const heardLevels = 2;

/** Is told what the scanned value holds: the members of an object at level 1, the members of those at level 2. */
export interface MemberListener {
  /** A name was scanned, it is in `scan.nameStart` and `scan.nameEnd`; the member's value starts at `valueStart`. */
  onName(level: number, valueStart: number): void;
  /** The value of a member, or of an array, ends at `end`. */
  onValueEnd(level: number, end: number): void;
}

/**
 * Scans the value that starts at `start`, without recursion: nesting costs one byte a level.
 * Returns the position after the value, or `stopped`.
 */
export function scanValue(scan: ByteScan, start: number, listener: MemberListener): number {
  const { bytes } = scan;
  let at = start;
  let level = 0;
  let closer: number = endOfInput;
  for (;;) {
    if (closer === closeBrace) {
      at = scanName(scan, at);
      if (at < 0) return at;
      if (level <= heardLevels) listener.onName(level, at);
    }
    const first = bytes[at] ?? endOfInput;
    if (first === openBrace || first === openBracket) {
      if (level >= maxLevel && scan.tooDeepAt === nowhere) scan.tooDeepAt = at;
      // The closing byte of either kind of container is two above the opening one.
      const opened = first + 2;
      at = skipWhiteSpace(bytes, at + 1);
      if (bytes[at] !== opened) {
        level += 1;
        closer = opened;
        noteCloser(scan, level, closer);
        continue;
      }
      at += 1;
    } else {
      at = scanScalar(scan, at, first);
      if (at < 0) return at;
    }
    // A value ends here, and maybe what it is in; a comma asks for the next one.
    for (;;) {
      if (level === 0) return at;
      if (level <= heardLevels) listener.onValueEnd(level, at);
      at = skipWhiteSpace(bytes, at);
      if (bytes[at] === comma) break;
      if (bytes[at] !== closer) return stopAfterValue(scan, at, closer);
      level -= 1;
      closer = scan.closers[level] ?? endOfInput;
      at += 1;
    }
    at = skipWhiteSpace(bytes, at + 1);
  }
}

/** Scans a name that must start at `start`, its colon and the white space around that. Returns where its value starts. */
function scanName(scan: ByteScan, start: number): number {
  const { bytes } = scan;
  if (bytes[start] !== quote) return stopScan(scan, start, "expected a key in double quotes");
  scan.escaped = false;
  const end = scanString(scan, start);
  if (end < 0) return end;
  scan.nameStart = start;
  scan.nameEnd = end;
  const colonAt = skipWhiteSpace(bytes, end);
  if (bytes[colonAt] !== colon) return stopScan(scan, colonAt, 'expected ":" after a key');
  return skipWhiteSpace(bytes, colonAt + 1);
}

function scanScalar(scan: ByteScan, at: number, first: number): number {
  if (first === quote) return scanString(scan, at);
  if (first === minus || (first >= zero && first <= nine)) return scanNumber(scan, at);
  if (first === trueWord[0]) return scanWord(scan, at, trueWord);
  if (first === falseWord[0]) return scanWord(scan, at, falseWord);
  if (first === nullWord[0]) return scanWord(scan, at, nullWord);
  return stopScan(scan, at, "expected a value");
}

function scanWord(scan: ByteScan, start: number, word: Uint8Array): number {
  for (let index = 1; index < word.length; index += 1) {
    if (scan.bytes[start + index] !== word[index]) {
      return stopScan(scan, start + index, "expected true, false or null");
    }
  }
  return start + word.length;
}

/** Notes which byte closes the container at `level`. */
function noteCloser(scan: ByteScan, level: number, closer: number): void {
  if (level === scan.closers.length) {
    const grown = new Uint8Array(level * 2);
    grown.set(scan.closers);
    scan.closers = grown;
  }
  scan.closers[level] = closer;
}

function stopAfterValue(scan: ByteScan, at: number, closer: number): typeof stopped {
  const closing = closer === closeBrace ? "}" : "]";
  return stopScan(scan, at, `expected "," or "${closing}" after a value`);
}
