import type { ReadFs } from "@sessionsmith/core";
import { scanLines } from "@sessionsmith/core";
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

/** Takes the next piece of an export. */
export type TakeText = (text: string) => void;

/**
 * Writes sessions down, one after the other and line by line: of a transcript no more than a line is held at a time. A transcript
 * that grows meanwhile is written up to where it ended when it was opened.
 * @returns the sessions of which something was left out, because a line is too long or the file went away
 */
export function writeExport(
  fs: ReadFs,
  { about, renderer, transcripts }: ExportWork,
  take: TakeText,
): readonly ExportedSession[] {
  const incomplete: ExportedSession[] = [];
  const { put, flush } = inChunks(take);
  put(renderer.begin(about));
  for (const [n, exported] of about.sessions.entries()) {
    put(renderer.openSession(exported, n));
    const transcript = transcripts ? exported.transcript : undefined;
    const end = transcript && writeLines(fs, { transcript, renderer, redact: about.redacted }, put);
    if (transcript !== undefined && end?.complete !== true) incomplete.push(exported);
    put(renderer.closeSession(end));
  }
  put(renderer.end());
  flush();
  return incomplete;
}

function writeLines(
  fs: ReadFs,
  source: {
    readonly transcript: ExportedTranscript;
    readonly renderer: SessionRenderer;
    readonly redact: boolean;
  },
  put: TakeText,
): TranscriptEnd {
  const { transcript, renderer, redact } = source;
  const end = fs.withFile(transcript.path, (file): TranscriptEnd => {
    let lines = 0;
    let complete = true;
    let unterminated = false;
    for (const line of scanLines(file)) {
      const read = lineItem(line);
      const item = redact ? redactItem(read) : read;
      put(renderer.line(item));
      lines += 1;
      complete &&= item.kind !== "omitted";
      unterminated = !line.terminated;
    }
    return { lines, complete, unterminated };
  });
  return end ?? { lines: 0, complete: false, unterminated: false };
}

function inChunks(take: TakeText): { readonly put: TakeText; readonly flush: () => void } {
  let pending = "";
  const flush = (): void => {
    if (pending !== "") take(pending);
    pending = "";
  };
  const put = (text: string): void => {
    pending += text;
    if (pending.length >= chunkLength) flush();
  };
  return { put, flush };
}
