import type { ReadableFile } from "../disk/read-fs.ts";
import type { ByteRange } from "../session-index/index-document.ts";
import type { SpliceEdit } from "../session-index/splice-edit.ts";
import { gapOf } from "./classify-line.ts";
import { EditList } from "./edit-list.ts";
import type { TranscriptExam } from "./examine-transcript.ts";
import { type HeaderClues, type MadeHeader, madeHeader } from "./made-header.ts";
import { linkEdits } from "./link-edits.ts";
import { MendLinks } from "./mend-links.ts";
import { syntheticResult } from "./synthetic-result.ts";
import { TroubleList } from "./trouble-list.ts";
import { newWalk, type WalkedEntry, type WalkedLine, walkTranscript } from "./walk-transcript.ts";

/** How a transcript is mended. */
export interface TranscriptMend {
  /** Sorted, never overlapping; empty if there is nothing to mend. */
  readonly edits: readonly SpliceEdit[];
  /** What leaves the file and must be kept elsewhere, in file order: bytes that are no record, and records that don't count. */
  readonly aside: readonly ByteRange[];
  /** The header that is put in front, if one is. */
  readonly header: MadeHeader | undefined;
  /** How many tool results are made up. */
  readonly results: number;
}

/**
 * Makes the edits that give an open transcript a sound structure. Every whole record keeps its bytes, but for an id or a parent that
 * has to change, and its line end. A file of a newer version is left alone. Mending what was mended gives no edits.
 * @param exam of the same file
 */
export function mendTranscript(file: ReadableFile, exam: TranscriptExam, clues: HeaderClues): TranscriptMend {
  if (exam.newer) return { edits: [], aside: [], header: undefined, results: 0 };
  const edits = new EditList();
  const header = exam.needsHeader ? madeHeader(exam, clues) : undefined;
  if (header !== undefined) edits.insert(0, `${header.text}\n`);
  const mender = { edits, links: new MendLinks(exam.links), calls: callsByRecord(exam) };
  for (const line of walkTranscript(file, newWalk(new TroubleList()), exam.dataEnd)) mendLine(line, mender);
  edits.setAside({ start: exam.dataEnd, end: file.fact.size });
  return { edits: edits.edits(), aside: edits.aside(), header, results: exam.openCalls.length };
}

interface Mender {
  readonly edits: EditList;
  readonly links: MendLinks;
  /** Unanswered calls by the offset of the record that makes them. */
  readonly calls: ReadonlyMap<number, readonly string[]>;
}

function callsByRecord({ openCalls }: TranscriptExam): Mender["calls"] {
  const calls = new Map<number, string[]>();
  for (const { callId, place } of openCalls) {
    const known = calls.get(place.offset);
    if (known === undefined) calls.set(place.offset, [callId]);
    else known.push(callId);
  }
  return calls;
}

function mendLine({ line, body, content, entries }: WalkedLine, mender: Mender): void {
  const { edits } = mender;
  const kept = entries.filter(isKept);
  const hasRecords = content.kind === "record" || content.kind === "broken";
  if (hasRecords && kept.length === 0) {
    edits.setAside({ start: line.offset, end: body.end });
    edits.replace(body.end, line.endOffset);
    return;
  }
  const takeOut = (start: number, end: number): void => {
    if (isWhite(body.bytes, { start: start - line.offset, end: end - line.offset }))
      edits.replace(start, end);
    else edits.setAside({ start, end });
  };
  let at = line.offset;
  let following = "";
  for (const [n, entry] of kept.entries()) {
    if (content.kind === "broken") takeOut(at, entry.piece.start);
    following = mendEntry(entry, mender);
    at = entry.piece.end;
    if (n < kept.length - 1) edits.insert(at, `\n${following}`);
  }
  if (content.kind === "broken") takeOut(at, body.end);
  edits.replace(body.end, body.end + body.returns);
  if (hasRecords && !line.terminated) edits.insert(body.end + body.returns, "\n");
  edits.insert(line.endOffset, following);
}

function isWhite(bytes: Buffer | undefined, { start, end }: ByteRange): boolean {
  return bytes !== undefined && gapOf(bytes.subarray(start, end)) === "none";
}

function isKept(entry: WalkedEntry): boolean {
  return entry.part === "header" || entry.part === "entry";
}

/** Changes the links of a record as needed, and returns the lines that have to follow it. */
function mendEntry(entry: WalkedEntry, { edits, links, calls }: Mender): string {
  if (entry.part !== "entry") return "";
  const { piece } = entry;
  for (const { at, remove, insert } of linkEdits(piece, links.next(entry.link, piece.start)))
    edits.replace(at, at + remove, insert);
  const { id, linked } = entry.link;
  const lines = (calls.get(piece.start) ?? []).map((callId) => {
    const parentId = links.last;
    const newId = linked ? links.freshId(`${callId}:${piece.start}`) : undefined;
    if (newId !== undefined) links.putAfter(id ?? newId, newId);
    return `${syntheticResult(piece.record, { callId, id: newId, parentId })}\n`;
  });
  return lines.join("");
}
