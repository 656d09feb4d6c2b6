import type { FindingMeaning } from "./finding-meaning.ts";

const takeBackup =
  "Take a copy of the database, and of the files beside it that begin with its name, before anything else works on it; then bring back the last backup.";

/** Findings on a store of a session manager that is one SQLite database. */
export const databaseFindings = {
  "database-damaged": {
    severity: "error",
    title: "SQLite finds the database damaged",
    explanation:
      "SQLite's `integrity_check` found pages, indexes or rows that are not as they must be; the details hold its own words. What else may be wrong can't be told then.",
    remedy: takeBackup,
  },
  "database-reference": {
    severity: "error",
    title: "something in the database points nowhere",
    explanation:
      "A line, a transcript or a checkpoint points to something that is not there. The database refuses to store that, so another program wrote it with that rule switched off.",
    remedy: takeBackup,
  },
  "database-value": {
    severity: "error",
    title: "a value in the database is no JSON object",
    explanation:
      "Rows, headers, lines and checkpoints are JSON objects. This one was changed by another program; the details name its table and key.",
    remedy: takeBackup,
  },
  "database-session-id": {
    severity: "error",
    title: "a row of the database is filed under another session id",
    explanation:
      "The column that a session is found by does not say what the row says. Another program changed one of the two.",
    remedy: takeBackup,
  },
} as const satisfies Readonly<Record<string, FindingMeaning>>;
