import type { ReadableFile } from "../disk/read-fs.ts";
import { jsonByte } from "../session-index/json-bytes.ts";
import { parseHeader } from "./header.ts";

const headBytes = 1024;
/** The end of a record and of its line: `}` and a line feed. */
const endBytes = 2;

/** Where both ends of every transcript are read to; nothing of them is kept. */
const head = Buffer.allocUnsafe(headBytes);
const end = Buffer.allocUnsafe(endBytes);

/**
 * A glance at both ends of an open transcript: true if it begins with a header and ends with a line that may be a record. What is
 * between, nobody has looked at.
 */
export function looksSound(file: ReadableFile): boolean {
  const { size } = file.fact;
  const first = head.subarray(0, file.read(head.subarray(0, Math.min(headBytes, size)), 0));
  const last = size <= headBytes ? first.subarray(-endBytes) : readEnd(file, size);
  if (last[0] !== jsonByte.closeBrace || last[1] !== jsonByte.lineFeed) return false;
  const lineEnd = first.indexOf(jsonByte.lineFeed);
  return lineEnd > 0 && parseHeader(first.subarray(0, lineEnd)).state === "header";
}

function readEnd(file: ReadableFile, size: number): Buffer {
  return end.subarray(0, file.read(end, size - endBytes));
}
