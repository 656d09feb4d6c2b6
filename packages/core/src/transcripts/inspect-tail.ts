import type { ReadableFile, ReadFs } from "../disk/read-fs.ts";
import { readRange } from "../disk/read-bytes.ts";
import { jsonByte } from "../session-index/json-bytes.ts";
import { parseRecord } from "./parse-record.ts";
import { lineLimitBytes } from "./scan-lines.ts";
import { withTranscript } from "./transcript-window.ts";

const stepBytes = 64 * 1024;

/** How a transcript ends. */
export interface TranscriptTail {
  /** Offset of the first of the NUL bytes that the file ends with (an interrupted write); undefined if it ends with none. */
  readonly nulOffset: number | undefined;
  /** The last line that is not blank, before any NUL tail; undefined if there is none. */
  readonly lastLine: LastLine | undefined;
}

/** The last line of a transcript. */
export interface LastLine {
  readonly offset: number;
  /** Bytes without the line end and without white space after the value. */
  readonly length: number;
  /** False if no `\n` ends it. */
  readonly terminated: boolean;
  /** `unparsable`: no JSON object, so very likely cut off. `too-long`: more than the line limit, not loaded. */
  readonly content: "record" | "unparsable" | "too-long";
}

/** Looks at the end of a transcript, reading backwards no more than it must; undefined if there is no such file. */
export function inspectTail(fs: ReadFs, path: string): TranscriptTail | undefined {
  return withTranscript(fs, path, tailOf);
}

/** {@link inspectTail} of a file that is open already. */
export function tailOf(file: ReadableFile): TranscriptTail {
  const { size } = file.fact;
  const dataEnd = endOfLast(file, { from: 0, to: size }, (byte) => byte !== 0);
  return { nulOffset: dataEnd < size ? dataEnd : undefined, lastLine: lastLine(file, dataEnd) };
}

/** True if the last line is whole and nothing follows it, so that a line can be appended. */
export function isTailWhole(tail: TranscriptTail): boolean {
  if (tail.nulOffset !== undefined) return false;
  return tail.lastLine === undefined || (tail.lastLine.terminated && tail.lastLine.content === "record");
}

function lastLine(file: ReadableFile, dataEnd: number): LastLine | undefined {
  const end = endOfLast(file, { from: 0, to: dataEnd }, isNoSpace);
  if (end === 0) return undefined;
  const terminated = endOfLast(file, { from: end, to: dataEnd }, isLineFeed) > end;
  const offset = endOfLast(file, { from: 0, to: end }, isLineFeed);
  const length = end - offset;
  return { offset, length, terminated, content: contentOf(file, offset, length) };
}

function contentOf(file: ReadableFile, offset: number, length: number): LastLine["content"] {
  if (length > lineLimitBytes) return "too-long";
  return parseRecord(readRange(file, offset, offset + length)).ok ? "record" : "unparsable";
}

/** Offset after the last byte in `[from, to)` that matches, or `from` if none does. Reads backwards in small steps. */
function endOfLast(
  file: ReadableFile,
  range: { readonly from: number; readonly to: number },
  matches: (byte: number | undefined) => boolean,
): number {
  for (let end = range.to; end > range.from;) {
    const start = Math.max(range.from, end - stepBytes);
    const bytes = readRange(file, start, end);
    for (let at = bytes.length; at > 0; at--) if (matches(bytes[at - 1])) return start + at;
    end = start;
  }
  return range.from;
}

function isLineFeed(byte: number | undefined): boolean {
  return byte === jsonByte.lineFeed;
}

function isNoSpace(byte: number | undefined): boolean {
  return (
    byte !== jsonByte.space && byte !== jsonByte.tab && byte !== jsonByte.carriageReturn && !isLineFeed(byte)
  );
}
