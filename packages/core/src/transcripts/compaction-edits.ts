import type { ReadableFile } from "../disk/read-fs.ts";
import { findRow } from "../session-index/find-row.ts";
import { scanIndex } from "../session-index/scan-index.ts";
import type { SpliceEdit } from "../session-index/splice-edit.ts";
import { envelopeKind } from "./envelope.ts";
import { type HeaderParse, parseHeader } from "./header.ts";
import { parseRecord } from "./parse-record.ts";
import { scanLines, type TranscriptLine } from "./scan-lines.ts";
import { toolUseOf } from "./tool-calls.ts";

/** How a transcript is made shorter. Lines are counted without the header and without blank ones. */
export interface CompactionEdits {
  readonly removedLines: number;
  readonly keptLines: number;
  /** Empty if nothing goes. */
  readonly edits: readonly SpliceEdit[];
}

/** Why a transcript is left alone: what stands there in place of a header that is understood, or that its lines are encrypted. */
export type NoCompaction =
  | Exclude<HeaderParse, { readonly state: "header" }>
  /** Its lines are bound to one another, so none of them can leave without the key. */
  | { readonly state: "encrypted" };

/** What has to be known of a line. */
interface LineFacts {
  readonly encrypted: boolean;
  readonly offset: number;
  readonly id: string | undefined;
  /** The parent's id and the bytes where it stands. */
  readonly parent: { readonly id: string; readonly start: number; readonly end: number } | undefined;
  readonly calls: readonly string[];
  readonly answers: string | undefined;
}

/**
 * Makes the edits that leave the header and the last `keepLines` lines, and as many more as it takes that no tool result
 * stands without its call. A kept entry whose parent goes becomes a root (`parentId: null`), because a reader follows these
 * ids from the end. Everything else keeps its bytes. Lines that are no records are lines like the others.
 * @param file an open transcript
 * @returns the edits, or why the transcript is left alone
 */
export function compactionEdits(file: ReadableFile, keepLines: number): CompactionEdits | NoCompaction {
  let header: HeaderParse = { state: "missing" };
  let bodyStart = 0;
  const lines: LineFacts[] = [];
  for (const line of scanLines(file)) {
    if (line.blank) continue;
    if (bodyStart > 0) lines.push(factsOf(line));
    else {
      if (line.bytes !== undefined) header = parseHeader(line.bytes);
      if (header.state !== "header") return header;
      bodyStart = line.endOffset;
    }
  }
  if (header.state !== "header") return header;
  if (lines.some(({ encrypted }) => encrypted)) return { state: "encrypted" };
  const cut = cutBeforePairs(lines, Math.max(0, lines.length - keepLines));
  const first = lines[cut];
  if (cut === 0 || first === undefined) return { removedLines: 0, keptLines: lines.length, edits: [] };
  const removal = { at: bodyStart, remove: first.offset - bodyStart, insert: "" };
  return {
    removedLines: cut,
    keptLines: lines.length - cut,
    edits: [removal, ...newRoots(lines.slice(0, cut), lines.slice(cut))],
  };
}

function factsOf({ offset, bytes }: TranscriptLine): LineFacts {
  const nothing = {
    offset,
    encrypted: false,
    id: undefined,
    parent: undefined,
    calls: [],
    answers: undefined,
  };
  const parsed = bytes === undefined ? undefined : parseRecord(bytes);
  if (bytes === undefined || parsed?.ok !== true) return nothing;
  const { id, parentId } = parsed.record;
  return {
    offset,
    encrypted: envelopeKind(parsed.record) !== undefined,
    id: typeof id === "string" ? id : undefined,
    parent: typeof parentId === "string" ? parentOf(bytes, offset, parentId) : undefined,
    ...toolUseOf(parsed.record),
  };
}

/** A record is an object of members, as an index is: the scan of the one finds the bytes in the other. */
function parentOf(bytes: Buffer, offset: number, id: string): LineFacts["parent"] {
  const scan = scanIndex(bytes);
  const member = scan.readable ? findRow(scan.document, "parentId") : undefined;
  if (member === undefined) return undefined;
  const { start, end } = member.valueRange;
  return { id, start: offset + start, end: offset + end };
}

/** Moves the cut back until no pair of a call and its result is torn. An id that is used again belongs to the nearest call before. */
function cutBeforePairs(lines: readonly LineFacts[], wanted: number): number {
  const callAt = new Map<string, number>();
  const pairs: { readonly call: number; readonly result: number }[] = [];
  for (const [at, { calls, answers }] of lines.entries()) {
    for (const id of calls) callAt.set(id, at);
    const call = answers === undefined ? undefined : callAt.get(answers);
    if (call !== undefined) pairs.push({ call, result: at });
  }
  let cut = wanted;
  // Backwards: a pair that moves the cut brings in only results that come earlier, whose pairs are still to be looked at.
  for (const { call, result } of pairs.toReversed()) if (result >= cut && call < cut) cut = call;
  return cut;
}

function* newRoots(gone: readonly LineFacts[], kept: readonly LineFacts[]): Generator<SpliceEdit> {
  const goneIds = new Set(gone.map(({ id }) => id));
  for (const { id } of kept) goneIds.delete(id);
  for (const { parent } of kept) {
    if (parent === undefined || !goneIds.has(parent.id)) continue;
    yield { at: parent.start, remove: parent.end - parent.start, insert: "null" };
  }
}
