import type { ReadableFile } from "../disk/read-fs.ts";
import { isEntryShape } from "./entry-shape.ts";
import { isoText } from "./iso-text.ts";
import { tailOf } from "./inspect-tail.ts";
import type { LinkWatch } from "./link-watch.ts";
import { type OpenCall, OpenCalls } from "./open-calls.ts";
import { TroubleList, type TranscriptTrouble } from "./trouble-list.ts";
import { newWalk, walkTranscript } from "./walk-transcript.ts";

/** What one pass over a transcript found. Nothing of it is conversation text. */
export interface TranscriptExam {
  /** Lines that are not blank. */
  readonly lines: number;
  /** Whole records, the header among them. */
  readonly records: number;
  /** In the order of their first places. */
  readonly troubles: readonly TranscriptTrouble[];
  /** True if a newer program wrote the file; then nothing else is known of it. */
  readonly newer: boolean;
  /** Where NUL bytes begin that end the file; its size if it ends with none. */
  readonly dataEnd: number;
  /** True if a header has to be put in front of what is there. */
  readonly needsHeader: boolean;
  /** Text of the first header that does not stand at the beginning. */
  readonly laterHeader: string | undefined;
  /** Of the first entry. */
  readonly first: { readonly hasId: boolean; readonly timestamp: string | undefined } | undefined;
  /** True if a header or a record of the kind that OpenClaw writes is in it. */
  readonly isTranscript: boolean;
  readonly openCalls: readonly OpenCall[];
  /** Knows every id. */
  readonly links: LinkWatch;
}

/**
 * Looks at every line of an open transcript. Takes linear time, and memory for a chunk, the longest line (64 MiB at most) and the
 * ids of the records. Never throws for what the file holds.
 */
export function examineTranscript(file: ReadableFile): TranscriptExam {
  const troubles = new TroubleList();
  const calls = new OpenCalls();
  const walk = newWalk(troubles);
  const { nulOffset } = tailOf(file);
  const dataEnd = nulOffset ?? file.fact.size;
  let lines = 0;
  let records = 0;
  let laterHeader: string | undefined;
  let first: TranscriptExam["first"];
  let isTranscript = false;
  for (const { content, entries, place } of walkTranscript(file, walk, dataEnd)) {
    if (content.kind !== "blank") lines += 1;
    if (content.kind === "unread") calls.loseSight();
    for (const entry of entries) {
      records += 1;
      isTranscript ||= entry.part === "header" || isEntryShape(entry.piece.record);
      if (entry.part === "header-second") laterHeader ??= textOf(entry.piece.bytes);
      if (entry.part !== "entry") continue;
      first ??= { hasId: entry.link.id !== undefined, timestamp: isoText(entry.piece.record["timestamp"]) };
      if (!calls.next(entry.piece.record, { number: place.number, offset: entry.piece.start }))
        troubles.note("transcript-result-unasked", place);
    }
  }
  if (nulOffset !== undefined)
    troubles.note("transcript-nul-bytes", { number: lines + 1, offset: nulOffset });
  for (const { place } of calls.all()) troubles.note("transcript-call-unanswered", place);
  const all = troubles.all();
  return {
    lines,
    records,
    troubles: all,
    newer: all.some(({ id }) => id === "transcript-newer"),
    dataEnd,
    needsHeader: walk.opening.isMissing,
    laterHeader,
    first,
    isTranscript,
    openCalls: calls.all(),
    links: walk.links,
  };
}

/** The text of a header; one that is longer than any is not kept. */
function textOf(header: Buffer): string | undefined {
  return header.length > 4096 ? undefined : header.toString("utf8");
}
