import { type ReadFs, scanLines } from "@sessionsmith/core";
import { reopenedFile } from "../import/reopened-file.ts";
import type { ExportedSession, ExportedTranscript } from "./exported-session.ts";
import { lineItem, redactItem } from "./line-item.ts";
import type { ExportAbout, SessionRenderer, TranscriptEnd } from "./session-renderer.ts";

const chunkLength = 65_536;

/** What is written, and how. */
export interface ExportWork {
  readonly about: ExportAbout;
  readonly renderer: SessionRenderer;
  /** False if the format has no use for transcripts: then none is read. */
  readonly transcripts: boolean;
}

/**
 * Writes sessions down, one after the other and line by line, in pieces of about 64 KiB: of a transcript no more than a line is held at
 * a time, and nothing is read before it is asked for. A transcript that grows meanwhile is written up to where it ended at first.
 * @returns the sessions of which something was left out, because a line is too long or the file went away
 */
export function* exportPieces(fs: ReadFs, work: ExportWork): Generator<string, readonly ExportedSession[]> {
  const incomplete: ExportedSession[] = [];
  let pending = "";
  for (const text of texts(fs, work, incomplete)) {
    pending += text;
    if (pending.length < chunkLength) continue;
    yield pending;
    pending = "";
  }
  if (pending !== "") yield pending;
  return incomplete;
}

function* texts(
  fs: ReadFs,
  { about, renderer, transcripts }: ExportWork,
  incomplete: ExportedSession[],
): Generator<string, void> {
  yield renderer.begin(about);
  for (const [n, exported] of about.sessions.entries()) {
    yield renderer.openSession(exported, n);
    const transcript = transcripts ? exported.transcript : undefined;
    const source = transcript && { transcript, renderer, redact: about.redacted };
    const end = source && (yield* lines(fs, source));
    if (end?.complete === false) incomplete.push(exported);
    yield renderer.closeSession(end);
  }
  yield renderer.end();
}

interface LineSource {
  readonly transcript: ExportedTranscript;
  readonly renderer: SessionRenderer;
  readonly redact: boolean;
}

function* lines(fs: ReadFs, { transcript, renderer, redact }: LineSource): Generator<string, TranscriptEnd> {
  const file = reopenedFile(fs, transcript.path, "may-grow");
  if (file === undefined) return { lines: 0, complete: false, unterminated: false };
  let count = 0;
  let complete = true;
  let unterminated = false;
  for (const line of scanLines(file)) {
    const read = lineItem(line);
    const item = redact ? redactItem(read) : read;
    yield renderer.line(item);
    count += 1;
    complete &&= item.kind !== "omitted";
    unterminated = !line.terminated;
  }
  return { lines: count, complete, unterminated };
}
