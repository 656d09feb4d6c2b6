import type { ReadableFile } from "../disk/read-fs.ts";
import { readRange } from "../disk/read-bytes.ts";
import { jsonByte } from "../session-index/json-bytes.ts";
import { closeLine, lineLimitBytes, type OpenLine, type TranscriptLine } from "./scan-lines.ts";
import { windowBytes } from "./transcript-window.ts";

const mostChunkBytes = 2 ** 20;

/** Which part of a file is scanned, and how. */
export interface ScanBackwardOptions {
  /** Byte offset to start at, taken as the end of a line, or of a file. Default: the size that the file had when it was opened. */
  readonly to?: number;
  /** Longest line that is loaded, in bytes. Default 64 MiB. */
  readonly limitBytes?: number;
}

/**
 * Yields the lines of an open file from the last to the first, blank ones included: the same lines as `scanLines`. Reads 4 KiB
 * first and then larger pieces, up to 1 MiB at a time, and no further than it is asked to.
 */
export function* scanLinesBackward(
  file: ReadableFile,
  { to = file.fact.size, limitBytes = lineLimitBytes }: ScanBackwardOptions = {},
): Generator<TranscriptLine, void> {
  let line = openLineBefore(to);
  let terminated = false;
  let chunkBytes = windowBytes;
  for (let at = to; at > 0;) {
    const start = Math.max(0, at - chunkBytes);
    const chunk = readRange(file, start, at);
    let end = chunk.length;
    for (let feed = lastFeed(chunk, end); feed !== -1; feed = lastFeed(chunk, end)) {
      prepend(line, chunk.subarray(feed + 1, end), limitBytes);
      if (terminated || line.length > 0) yield closeLine(line, terminated, limitBytes);
      terminated = true;
      end = feed;
      line = openLineBefore(start + feed);
    }
    prepend(line, chunk.subarray(0, end), limitBytes);
    at = start;
    chunkBytes = Math.min(chunkBytes * 4, mostChunkBytes);
  }
  if (terminated || line.length > 0) yield closeLine(line, terminated, limitBytes);
}

/** A line of which only the offset of its end is known. */
function openLineBefore(end: number): OpenLine {
  return { offset: end, length: 0, parts: [] };
}

function lastFeed(chunk: Buffer, end: number): number {
  return end === 0 ? -1 : chunk.lastIndexOf(jsonByte.lineFeed, end - 1);
}

/** Adds the bytes before. Of a line that is too long only the last part is kept, for its last byte. */
function prepend(line: OpenLine, part: Buffer, limitBytes: number): void {
  if (part.length === 0) return;
  line.offset -= part.length;
  line.length += part.length;
  if (line.length > limitBytes + 1) line.parts = line.parts.slice(-1);
  else line.parts.unshift(part);
  if (line.parts.length === 0) line.parts.push(part);
}
