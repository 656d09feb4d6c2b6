import { readRange } from "../disk/read-bytes.ts";
import type { ReadableFile } from "../disk/read-fs.ts";
import type { JsonObject } from "../json-value.ts";
import { spliceIndex } from "../session-index/splice-index.ts";
import { examineTranscript } from "./examine-transcript.ts";
import { headerOf, newestTranscriptVersion } from "./header.ts";
import type { HeaderClues } from "./made-header.ts";
import { mendTranscript } from "./mend-transcript.ts";
import { parseRecord } from "./parse-record.ts";
import { scanLines } from "./scan-lines.ts";
import { TroubleList } from "./trouble-list.ts";
import { newWalk, walkTranscript } from "./walk-transcript.ts";
import type { LegacyItem } from "../dialects/legacy-item.ts";
import { parseLegacyTime } from "../dialects/legacy-time.ts";
import { isBareMessage, readJsonLines } from "./read-json-lines.ts";
import { renderTranscript } from "../dialects/render-transcript.ts";

/** openclaw-python writes times without a zone, and means UTC. */
const naiveZone = "UTC";

/** How a transcript of bare messages begins. */
export interface BareOpening {
  /** Epoch ms of the first message; undefined if it has no time. */
  readonly firstAtMs: number | undefined;
}

/** Tells how a transcript of bare messages begins; undefined if its first whole record, beside a header, is none. */
export function bareOpening(file: ReadableFile): BareOpening | undefined {
  for (const { entries } of walkTranscript(file, newWalk(new TroubleList()), file.fact.size)) {
    const first = entries.find(({ piece }) => piece.record["type"] !== "session")?.piece.record;
    if (first === undefined) continue;
    if (!isBareMessage(first)) return undefined;
    return { firstAtMs: parseLegacyTime(first["timestamp"], naiveZone) };
  }
  return undefined;
}

/** How many messages a mended transcript holds if they are bare, all of them; undefined if it holds anything else. */
export function countBareMessages(mended: ReadableFile): number | undefined {
  let count = 0;
  for (const { bytes, offset, blank } of scanLines(mended)) {
    if (blank) continue;
    const parsed = bytes === undefined ? undefined : parseRecord(bytes);
    if (parsed?.ok !== true) return undefined;
    if (offset === 0 && parsed.record["type"] === "session") continue;
    if (!isBareMessage(parsed.record)) return undefined;
    count += 1;
  }
  return count;
}

/** A transcript with a sound structure, in memory. */
export function mendedTranscript(file: ReadableFile, clues: HeaderClues): ReadableFile {
  const { edits } = mendTranscript(file, examineTranscript(file), clues);
  return inMemory(file, Buffer.concat(spliceIndex(readRange(file, 0, file.fact.size), edits)));
}

/**
 * Makes a transcript of version 3 of one of bare messages: it is mended first, its header stays, and its messages become records that
 * are linked to each other. Calls of tools that nothing answers get a marked result. Pure: the same file makes the same bytes.
 * @param provenance what the record behind the header says
 * @throws Error if the file is no transcript of bare messages
 */
export function convertBareTranscript(
  file: ReadableFile,
  clues: HeaderClues,
  provenance: JsonObject,
): Uint8Array {
  const bare = mendedTranscript(file, clues);
  const { header, startedAt } = headerIn(bare, clues);
  const frame = {
    sessionId: clues.sessionId,
    startedAt,
    naiveZone,
    cwd: clues.cwd ?? "",
    provenance,
    header,
  };
  const rendered = Buffer.concat([...renderTranscript(withoutHead(readJsonLines(bare)), frame)]);
  const converted = mendedTranscript(inMemory(file, rendered), clues);
  return readRange(converted, 0, converted.fact.size);
}

function headerIn(
  bare: ReadableFile,
  clues: HeaderClues,
): { readonly header: JsonObject; readonly startedAt: number } {
  const [line] = scanLines(bare);
  const parsed = line?.bytes === undefined ? undefined : parseRecord(line.bytes);
  if (parsed?.ok !== true || headerOf(parsed.record).state !== "header")
    throw new Error("a mended transcript has a header");
  const { type, version: _version, ...fields } = parsed.record;
  const startedAt = parseLegacyTime(fields["timestamp"], naiveZone) ?? clues.startedAtMs;
  const timestamp = new Date(startedAt).toISOString();
  return { header: { type, version: newestTranscriptVersion, ...fields, timestamp }, startedAt };
}

function* withoutHead(items: Iterable<LegacyItem>): Generator<LegacyItem, void> {
  for (const item of items) if (item.kind !== "head") yield item;
}

function inMemory({ fact }: ReadableFile, bytes: Buffer): ReadableFile {
  return {
    fact: { ...fact, size: bytes.length },
    read: (into, position) => bytes.subarray(position).copy(into),
  };
}
