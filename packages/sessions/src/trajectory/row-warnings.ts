import type { JsonObject } from "@sessionsmith/core";

/** What was wrong with rows of a file (the codes of OpenClaw 2026.5.28). */
const messages = {
  "invalid-session-json": "Lines of the transcript are no JSON objects, and were left out.",
  "invalid-session-row": "Records of the transcript have no id or no time, and were left out.",
  "cyclic-session-branch": "The records of the branch lead back to themselves; it was cut there.",
  "incomplete-session-branch":
    "A parent of the branch is not in the transcript; the branch begins behind it.",
  "invalid-runtime-json": "Lines of the runtime file are no JSON objects, and were left out.",
  "invalid-runtime-event":
    "Events of the runtime file are not of this session or this format, and were left out.",
} as const;

/** One of the codes. */
export type RowWarningCode = keyof typeof messages;

/** Rows that a warning names at most. */
const mostRows = 20;

/** Counts what was left out of a bundle. */
export class RowWarnings {
  readonly #found = new Map<RowWarningCode, { count: number; rows: number[] }>();

  /** Counts one row; 0 for what has no line of its own. */
  add(code: RowWarningCode, row: number): void {
    const known = this.#found.get(code) ?? { count: 0, rows: [] };
    known.count += 1;
    if (row > 0 && known.rows.length < mostRows) known.rows.push(row);
    this.#found.set(code, known);
  }

  /** The warnings as a manifest has them. */
  list(): readonly JsonObject[] {
    return [...this.#found].map(([code, { count, rows }]) => ({
      source: code.includes("runtime") ? "runtime" : "session",
      code,
      count,
      rows,
      message: messages[code],
    }));
  }
}
