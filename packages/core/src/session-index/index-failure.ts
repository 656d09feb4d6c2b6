import { isUtf8 } from "node:buffer";
import type { ScanStop } from "./byte-scan.ts";
import { firstInvalidUtf8 } from "./first-invalid-utf8.ts";
import type { IndexFailure, IndexFailureReason } from "./index-document.ts";
import { endOfInput, jsonByte } from "./json-bytes.ts";

/** The byte order marks of UTF-8, UTF-16 (and little-endian UTF-32) and big-endian UTF-32. */
const byteOrderMarks = [
  Buffer.of(0xef, 0xbb, 0xbf),
  Buffer.of(0xfe, 0xff),
  Buffer.of(0xff, 0xfe),
  Buffer.of(0x00, 0x00, 0xfe, 0xff),
];

/**
 * Finds what makes the bytes no JSON text before any grammar is looked at, or undefined. Costs a fraction of the scan.
 * `start` is the first byte that is not white space.
 */
export function findEncodingFailure(bytes: Buffer, start: number): IndexFailure | undefined {
  if (start === bytes.length) return { reason: "empty", problem: "the file holds no JSON value" };
  if (byteOrderMarks.some((mark) => bytes.subarray(0, mark.length).equals(mark))) {
    return failureAt(bytes, 0, {
      reason: "byte-order-mark",
      problem: "the file starts with a byte order mark",
    });
  }
  const nulAt = bytes.indexOf(0);
  if (nulAt >= 0)
    return failureAt(bytes, nulAt, { reason: "nul-bytes", problem: "the file holds NUL bytes" });
  if (isUtf8(bytes)) return undefined;
  return failureAt(bytes, firstInvalidUtf8(bytes), {
    reason: "invalid-utf8",
    problem: "the bytes are not valid UTF-8",
  });
}

/** The failure of a document that starts as another JSON value than an object, or undefined. */
export function findOtherRoot(bytes: Buffer, start: number): IndexFailure | undefined {
  const first = String.fromCharCode(bytes[start] ?? endOfInput);
  if (!'["-0123456789tfn'.includes(first)) return undefined;
  return failureAt(bytes, start, { reason: "root-not-object", problem: "the document is no JSON object" });
}

/** Turns the place where a scan stopped into a failure: stopping at the end of the file means that the file was cut. */
export function failureOfStop(bytes: Buffer, { at, problem }: ScanStop): IndexFailure {
  if (at >= bytes.length) {
    return failureAt(bytes, bytes.length, {
      reason: "truncated",
      problem: `the file ends too early: ${problem}`,
    });
  }
  return failureAt(bytes, at, { reason: "syntax", problem });
}

/** Completes a failure with its byte offset, line and column. */
export function failureAt(
  bytes: Buffer,
  offset: number,
  failure: { readonly reason: IndexFailureReason; readonly problem: string },
): IndexFailure {
  let line = 1;
  let lineStart = 0;
  for (;;) {
    const lineEnd = bytes.indexOf(jsonByte.lineFeed, lineStart);
    if (lineEnd < 0 || lineEnd >= offset) break;
    line += 1;
    lineStart = lineEnd + 1;
  }
  return { ...failure, offset, line, column: offset - lineStart + 1 };
}
