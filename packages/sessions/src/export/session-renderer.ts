import type { ExportedSession } from "./exported-session.ts";
import type { LineItem } from "./line-item.ts";

/** What an export says of itself. */
export interface ExportAbout {
  /** Epoch ms. */
  readonly exportedAt: number;
  readonly redacted: boolean;
  readonly sessions: readonly ExportedSession[];
}

/** How the transcript of a session ended. */
export interface TranscriptEnd {
  readonly lines: number;
  /** False if a line was left out. */
  readonly complete: boolean;
  /** True if the last line has no line end. */
  readonly unterminated: boolean;
}

/** One way of writing sessions down, piece by piece; each piece is text that follows the one before. */
export interface SessionRenderer {
  readonly begin: (about: ExportAbout) => string;
  readonly openSession: (exported: ExportedSession, n: number) => string;
  readonly line: (item: LineItem) => string;
  readonly closeSession: (end: TranscriptEnd | undefined) => string;
  readonly end: () => string;
}
