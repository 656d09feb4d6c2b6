import type { ReadableFile } from "../disk/read-fs.ts";
import type { JsonObject } from "../json-value.ts";
import { parseRecord } from "./parse-record.ts";
import { scanLines, type TranscriptLine } from "./scan-lines.ts";
import { scanLinesBackward } from "./scan-lines-backward.ts";
import { windowBytes } from "./transcript-window.ts";

/** A record of a transcript, and the byte offset of its line. */
export interface PlacedRecord {
  readonly at: number;
  readonly record: JsonObject;
}

/** The records of an open transcript from the last one on, without the header. Lines that are no records are passed over. */
export function* recordsNewestFirst(
  file: ReadableFile,
  to = file.fact.size,
): Generator<PlacedRecord, undefined> {
  for (const line of scanLinesBackward(file, { to })) yield* recordOn(line);
}

/** The records of an open transcript from the first one on, without the header. Lines that are no records are passed over. */
export function* recordsOldestFirst(file: ReadableFile): Generator<PlacedRecord, undefined> {
  for (const line of scanLines(file, { chunkBytes: 4 * windowBytes })) yield* recordOn(line);
}

function* recordOn({ offset, bytes, blank }: TranscriptLine): Generator<PlacedRecord, undefined> {
  const parsed = blank || bytes === undefined ? undefined : parseRecord(bytes);
  if (parsed?.ok === true && parsed.record["type"] !== "session") yield { at: offset, record: parsed.record };
}
