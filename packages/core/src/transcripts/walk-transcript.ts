import type { ReadableFile } from "../disk/read-fs.ts";
import type { TranscriptFindingId } from "../findings/transcript-findings.ts";
import { classifyLine, type LineContent, type RecordPiece } from "./classify-line.ts";
import { lineBody, type LineBody } from "./line-body.ts";
import { type Link, LinkWatch } from "./link-watch.ts";
import { Opening } from "./opening.ts";
import { scanLines, type TranscriptLine } from "./scan-lines.ts";
import type { LinePlace, TroubleList } from "./trouble-list.ts";

/** One line of a transcript, with what becomes of the records in it. */
export interface WalkedLine {
  readonly line: TranscriptLine;
  readonly body: LineBody;
  readonly place: LinePlace;
  readonly content: LineContent;
  readonly entries: readonly WalkedEntry[];
}

/** A whole record, and what it is to the transcript. */
export type WalkedEntry =
  | { readonly piece: RecordPiece; readonly part: "header" }
  /** A header that does not count, or a copy of an earlier record: to be set aside. */
  | { readonly piece: RecordPiece; readonly part: "header-second" | "header-damaged" | "copy" }
  | { readonly piece: RecordPiece; readonly part: "entry"; readonly link: Link };

/** What a walk through a transcript finds on the way. */
export interface Walk {
  /** Hears of every trouble but unanswered calls and the NUL bytes at the end of the file. */
  readonly troubles: TroubleList;
  readonly links: LinkWatch;
  readonly opening: Opening;
}

/** Begins a walk. */
export function newWalk(troubles: TroubleList): Walk {
  return { troubles, links: new LinkWatch(), opening: new Opening(troubles) };
}

/**
 * Yields the lines of an open transcript in order, and tells of each record whether it is the header, an entry, or to be set
 * aside. Stops at a header that a newer program wrote. Memory grows with the number of records, by their ids only.
 * @param to byte offset to stop at: before the NUL bytes at the end of the file
 */
export function* walkTranscript(file: ReadableFile, walk: Walk, to: number): Generator<WalkedLine, void> {
  let number = 0;
  for (const line of scanLines(file, { to })) {
    number += 1;
    const body = lineBody(line);
    const place = { number, offset: line.offset };
    const content = classifyLine({ bytes: body.bytes, blank: line.blank }, line.offset);
    noteLine({ line, body, place, content }, walk);
    const entries: WalkedEntry[] = [];
    for (const piece of content.pieces) {
      const entry = nextEntry(file, piece, { walk, place });
      if (entry === "newer") return;
      entries.push(entry);
    }
    yield { line, body, place, content, entries };
  }
  walk.opening.end();
}

function nextEntry(
  file: ReadableFile,
  piece: RecordPiece,
  { walk, place }: { readonly walk: Walk; readonly place: LinePlace },
): WalkedEntry | "newer" {
  const { troubles, links, opening } = walk;
  if (piece.record["type"] === "session") {
    const part = opening.hearHeader(piece.record, place);
    return part === "newer" ? part : { piece, part };
  }
  opening.hearEntry(place);
  const link = links.next(file, piece);
  if (link.twin !== "none") troubles.note("transcript-duplicate-id", place);
  if (link.twin === "copy") return { piece, part: "copy" };
  if (link.parentMissing) troubles.note("transcript-parent-missing", place);
  if (link.incomplete) troubles.note("transcript-entry-incomplete", place);
  return { piece, part: "entry", link };
}

/** Says what is wrong with a line as a line. */
function noteLine(
  { line, body, place, content }: Omit<WalkedLine, "entries">,
  { troubles, links, opening }: Walk,
): void {
  if (body.returns > 0) troubles.note("transcript-crlf", place);
  if (content.kind === "unread") {
    troubles.note("transcript-line-unread", place);
    links.loseSight();
    opening.hearUnread();
  } else if (content.kind === "record") {
    if (!line.terminated) troubles.note("transcript-unterminated", place);
  } else if (content.kind === "broken") {
    const ids = brokenLineTroubles(content, line.terminated);
    // Only a line without a whole record may be a damaged header.
    for (const id of ids)
      if (content.pieces.length === 0) opening.hearBroken(id, place);
      else troubles.note(id, place);
  }
}

function brokenLineTroubles(
  { pieces, rest }: Extract<LineContent, { readonly kind: "broken" }>,
  terminated: boolean,
): readonly TranscriptFindingId[] {
  if (rest.what === "nul" && pieces.length <= 1) {
    const isOpen = !terminated && pieces.length === 1;
    return isOpen ? ["transcript-nul-bytes", "transcript-unterminated"] : ["transcript-nul-bytes"];
  }
  if (pieces.length === 0) {
    if (!terminated) return ["transcript-torn-tail"];
    return [rest.what === "not-utf8" ? "transcript-line-not-utf8" : "transcript-line-damaged"];
  }
  const isCutOff = rest.trails && !terminated;
  const ids: TranscriptFindingId[] = isCutOff
    ? ["transcript-torn-tail"]
    : terminated
      ? []
      : ["transcript-unterminated"];
  return pieces.length > 1 || rest.leads || !isCutOff ? [...ids, "transcript-glued-records"] : ids;
}
