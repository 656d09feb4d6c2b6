import { createByteScan } from "../session-index/byte-scan.ts";
import { jsonByte } from "../session-index/json-bytes.ts";
import { scanValue } from "../session-index/scan-value.ts";
import type { JsonObject } from "../json-value.ts";
import { isEntryShape } from "./entry-shape.ts";
import { parseRecord } from "./parse-record.ts";

/** A whole record inside a line that as a whole is none. */
export interface LinePiece {
  /** Half-open byte range in the line. */
  readonly start: number;
  readonly end: number;
  readonly record: JsonObject;
}

/** How OpenClaw 2026.5.28 begins every record. The quotes can't stand inside of a string without backslashes. */
const recordStart = Buffer.from('{"type":"');
/** How often the bytes of a line may be looked at before the search is given up. */
const patience = 8;
const silent = { onName: () => undefined, onValueEnd: () => undefined };

/**
 * Finds the whole records in a line that can't be parsed: records that were glued together, or to the beginning of one whose end
 * is missing. What lies between them is no record. Linear in the length of the line, whatever it holds.
 * @param line bytes without the line end
 */
export function findPieces(line: Buffer): readonly LinePiece[] {
  const pieces: LinePiece[] = [];
  const scan = createByteScan(line);
  let work = line.length * patience;
  for (let at = nextStart(line, 0); at >= 0 && work > 0;) {
    scan.stop = undefined;
    const end = scanValue(scan, at, silent);
    work -= (end < 0 ? (stopOf(scan) ?? line.length) : end) - at;
    if (end < 0) {
      at = line.indexOf(recordStart, at + 1);
      continue;
    }
    const parsed = parseRecord(line.subarray(at, end));
    if (parsed.ok && isEntryShape(parsed.record)) pieces.push({ start: at, end, record: parsed.record });
    at = nextStart(line, end);
  }
  return pieces.filter((piece, n) => standsAlone(line, piece, pieces[n - 1]?.end ?? 0));
}

/** A record is part of another one, whose beginning stands before it, unless nothing more of that follows it. */
function standsAlone(line: Buffer, { start, end }: LinePiece, before: number): boolean {
  if (skipFiller(line, before) === start) return true;
  const next = skipFiller(line, end);
  return next === line.length || line[next] === jsonByte.openBrace;
}

function stopOf({ stop }: { readonly stop: { readonly at: number } | undefined }): number | undefined {
  return stop?.at;
}

/** Where the next record may begin: a brace that nothing but white space or NUL bytes stands before, or else OpenClaw's way. */
function nextStart(line: Buffer, from: number): number {
  const at = skipFiller(line, from);
  return line[at] === jsonByte.openBrace ? at : line.indexOf(recordStart, at);
}

function skipFiller(line: Buffer, from: number): number {
  let at = from;
  while (at < line.length && isFiller(line[at])) at += 1;
  return at;
}

/** True for a byte that is neither content nor damage: white space, or the NUL bytes of an interrupted write. */
function isFiller(byte: number | undefined): boolean {
  return byte === 0 || byte === jsonByte.space || byte === jsonByte.tab || byte === jsonByte.carriageReturn;
}
