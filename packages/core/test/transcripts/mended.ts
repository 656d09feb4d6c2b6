import { examineTranscript } from "../../src/transcripts/examine-transcript.ts";
import type { HeaderClues } from "../../src/transcripts/made-header.ts";
import { mendTranscript } from "../../src/transcripts/mend-transcript.ts";
import type { SpliceEdit } from "../../src/session-index/splice-edit.ts";
import { editsKeeping } from "../../src/transcripts/edit-list.ts";
import { bytesFile } from "./bytes-file.ts";
import { sessionId } from "./transcript-lines.ts";

export const clues: HeaderClues = {
  sessionId,
  startedAtMs: Date.UTC(2026, 0, 2),
  cwd: undefined,
  archivedHeader: undefined,
};

/** What mending makes of a transcript. */
export interface Mended {
  /** Ids of the troubles before. */
  readonly troubles: readonly string[];
  readonly after: Buffer;
  /** What was set aside, as the side file has it; undefined if nothing was. */
  readonly aside: Buffer | undefined;
}

/** Examines and mends a transcript in memory. */
export function mended(content: string | Uint8Array, more: Partial<HeaderClues> = {}): Mended {
  const file = bytesFile(content);
  const bytes = Buffer.from(content);
  const exam = examineTranscript(file);
  const { edits, aside } = mendTranscript(file, exam, { ...clues, ...more });
  return {
    troubles: exam.troubles.map(({ id }) => id.replace("transcript-", "")),
    after: applied(bytes, edits),
    aside: aside.length === 0 ? undefined : applied(bytes, editsKeeping(aside, bytes.length)),
  };
}

function applied(bytes: Buffer, edits: readonly SpliceEdit[]): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (const { at, remove, insert } of edits) {
    if (at < from) throw new Error("edits overlap");
    parts.push(bytes.subarray(from, at), Buffer.from(insert));
    from = at + remove;
  }
  return Buffer.concat([...parts, bytes.subarray(from)]);
}
