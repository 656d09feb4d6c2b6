import { jsonByte } from "../session-index/json-bytes.ts";
import type { TranscriptLine } from "./scan-lines.ts";

/** A line without the carriage returns that stand before its end. */
export interface LineBody {
  /** Undefined if the line is too long to be held. */
  readonly bytes: Buffer | undefined;
  /** Byte offset in the file after the last byte. */
  readonly end: number;
  /** How many carriage returns follow. */
  readonly returns: number;
}

/** Splits a line into what it holds and the carriage returns at its end. */
export function lineBody({ offset, length, endOffset, terminated, bytes }: TranscriptLine): LineBody {
  const feed = endOffset - (terminated ? 1 : 0);
  const size = bytes === undefined ? length : endOfBody(bytes);
  const end = offset + size;
  return { bytes: size === bytes?.length ? bytes : bytes?.subarray(0, size), end, returns: feed - end };
}

function endOfBody(bytes: Buffer): number {
  let size = bytes.length;
  while (size > 0 && bytes[size - 1] === jsonByte.carriageReturn) size -= 1;
  return size;
}
