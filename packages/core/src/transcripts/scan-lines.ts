import type { ReadableFile } from "../disk/read-fs.ts";
import { readRange } from "../disk/read-bytes.ts";
import { jsonByte } from "../session-index/json-bytes.ts";
import { skipWhiteSpace } from "../session-index/white-space.ts";

/** Longest line that is loaded; a longer one is reported with its offset (docs/invariants.md I8). */
export const lineLimitBytes = 64 * 2 ** 20;

/** One line of a transcript, as a byte range. */
export interface TranscriptLine {
  /** Byte offset of the first byte in the file. */
  readonly offset: number;
  /** Bytes without the line end, which is `\n` or `\r\n`. */
  readonly length: number;
  /** Byte offset after the line end: where the next line starts. */
  readonly endOffset: number;
  /** False for a last line that no `\n` ends. */
  readonly terminated: boolean;
  /** The `length` bytes; undefined if they are more than the limit: then they were never held in memory. */
  readonly bytes: Buffer | undefined;
  /** True if there is nothing but blanks and tabs in it. */
  readonly blank: boolean;
}

/** Which part of a file is scanned, and how. */
export interface ScanLinesOptions {
  /** Byte offset to start at, taken as the start of a line. Default 0. */
  readonly from?: number;
  /** Byte offset to stop at. Default: the size that the file had when it was opened. */
  readonly to?: number;
  /** Longest line that is loaded, in bytes. Default {@link lineLimitBytes}. */
  readonly limitBytes?: number;
  /** Bytes per read. Default 1 MiB. */
  readonly chunkBytes?: number;
}

/** A line whose end is not found yet. */
interface OpenLine {
  readonly offset: number;
  length: number;
  parts: Buffer[];
}

/**
 * Yields the lines of an open file in order, blank ones included, holding one chunk and at most one line in memory.
 * A range that ends inside a line yields its beginning with `terminated: false`.
 */
export function* scanLines(
  file: ReadableFile,
  options: ScanLinesOptions = {},
): Generator<TranscriptLine, void> {
  const { from = 0, to = file.fact.size, limitBytes = lineLimitBytes, chunkBytes = 2 ** 20 } = options;
  let line = openLine(from);
  for (let at = from; at < to;) {
    const chunk = readRange(file, at, Math.min(at + chunkBytes, to));
    if (chunk.length === 0) break;
    let start = 0;
    for (
      let end = chunk.indexOf(jsonByte.lineFeed);
      end !== -1;
      end = chunk.indexOf(jsonByte.lineFeed, start)
    ) {
      extend(line, chunk.subarray(start, end), limitBytes);
      yield close(line, true, limitBytes);
      start = end + 1;
      line = openLine(at + start);
    }
    extend(line, chunk.subarray(start), limitBytes);
    at += chunk.length;
  }
  if (line.length > 0) yield close(line, false, limitBytes);
}

function openLine(offset: number): OpenLine {
  return { offset, length: 0, parts: [] };
}

/** Adds bytes. Of a line that is too long only the newest part is kept, for its last byte. */
function extend(line: OpenLine, part: Buffer, limitBytes: number): void {
  if (part.length === 0) return;
  line.length += part.length;
  const tooLong = line.length > limitBytes + 1;
  if (tooLong) line.parts = [part];
  else line.parts.push(part);
}

function close(line: OpenLine, terminated: boolean, limitBytes: number): TranscriptLine {
  const [only = Buffer.alloc(0), ...more] = line.parts;
  const raw = more.length === 0 ? only : Buffer.concat(line.parts);
  const length = terminated && raw.at(-1) === jsonByte.carriageReturn ? line.length - 1 : line.length;
  const bytes = length > limitBytes ? undefined : length === raw.length ? raw : raw.subarray(0, length);
  return {
    offset: line.offset,
    length,
    endOffset: line.offset + line.length + (terminated ? 1 : 0),
    terminated,
    bytes,
    blank: bytes !== undefined && skipWhiteSpace(bytes, 0) === bytes.length,
  };
}
