import { parseHeader } from "./header.ts";
import type { TranscriptExam } from "./examine-transcript.ts";

/** What is known of a session beside its transcript. */
export interface HeaderClues {
  /** The session id that the file's name or its row says. */
  readonly sessionId: string;
  /** Epoch ms at which it began, or the time of the file. */
  readonly startedAtMs: number;
  /** The working directory, if a row names one. */
  readonly cwd: string | undefined;
  /** The text of a header in an archive of the same transcript. */
  readonly archivedHeader: string | undefined;
}

/** A header for a transcript that lacks one, and where it is from. */
export interface MadeHeader {
  /** Without a line end. */
  readonly text: string;
  readonly from: "file" | "archive" | "clues";
}

/**
 * Gives the header of a session back: one that stands further down in the file, else one of an archive, if it is for the same
 * session; else one that is made of what is known (OpenClaw 2026.5.28 store format). Nothing is invented: what nobody knows is
 * left out.
 */
export function madeHeader({ laterHeader, first }: TranscriptExam, clues: HeaderClues): MadeHeader {
  const { sessionId, cwd, archivedHeader } = clues;
  if (isHeaderOf(laterHeader, sessionId)) return { text: laterHeader, from: "file" };
  if (isHeaderOf(archivedHeader, sessionId)) return { text: archivedHeader, from: "archive" };
  // The first version had neither a field for it nor ids.
  const version = first === undefined || first.hasId ? { version: 3 } : {};
  const timestamp = first?.timestamp ?? new Date(clues.startedAtMs).toISOString();
  const header = {
    type: "session",
    ...version,
    id: sessionId,
    timestamp,
    ...(cwd === undefined ? {} : { cwd }),
  };
  return { text: JSON.stringify(header), from: "clues" };
}

function isHeaderOf(text: string | undefined, sessionId: string): text is string {
  if (text === undefined) return false;
  const parsed = parseHeader(Buffer.from(text, "utf8"));
  return parsed.state === "header" && parsed.header.id === sessionId;
}
