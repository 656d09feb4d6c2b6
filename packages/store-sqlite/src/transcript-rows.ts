import type { JsonObject } from "@sessionsmith/core";
import type { StoredLine, TranscriptReader } from "@sessionsmith/core/store";
import type { SqliteDatabase } from "./load-sqlite.ts";
import { numberOf, objectOf } from "./row-values.ts";

/** Lines that are read at once. */
const pageLines = 256;

/** True if a session has a transcript, be it without lines. */
export function hasTranscript(db: SqliteDatabase, sessionId: string): boolean {
  return (
    db.prepare("SELECT 1 FROM transcripts WHERE session_id = ? AND retired IS NULL").get(sessionId) !==
    undefined
  );
}

/** Reads the lines of a session page by page, in the transaction that is open. */
export function linesOf(db: SqliteDatabase, sessionId: string): TranscriptReader {
  return {
    newestFirst: () => pages(db, sessionId, newestPage),
    oldestFirst: () => pages(db, sessionId, oldestPage),
  };
}

const newestPage = {
  from: Number.MAX_SAFE_INTEGER,
  sql: `SELECT seq, record FROM lines WHERE session_id = ? AND retired IS NULL AND seq < ? ORDER BY seq DESC LIMIT ${pageLines}`,
};
const oldestPage = {
  from: -1,
  sql: `SELECT seq, record FROM lines WHERE session_id = ? AND retired IS NULL AND seq > ? ORDER BY seq LIMIT ${pageLines}`,
};

function* pages(
  db: SqliteDatabase,
  sessionId: string,
  { from, sql }: typeof newestPage,
): Generator<StoredLine, undefined> {
  const page = db.prepare(sql);
  for (let last = from; ;) {
    const rows = page.all(sessionId, last);
    for (const row of rows) {
      last = numberOf(row, "seq");
      yield { at: last, record: objectOf(row, "record") };
    }
    if (rows.length < pageLines) return undefined;
  }
}

/** The last record of a session; undefined if there is none. */
export function lastRecord(db: SqliteDatabase, sessionId: string): JsonObject | undefined {
  for (const { record } of linesOf(db, sessionId).newestFirst()) return record;
  return undefined;
}

/** Adds lines at the end of a transcript that is there. @param texts JSON objects as text */
export function addLines(db: SqliteDatabase, sessionId: string, texts: Iterable<string>): void {
  const row = db
    .prepare("SELECT coalesce(max(seq), 0) AS seq FROM lines WHERE session_id = ?")
    .get(sessionId);
  const insert = db.prepare("INSERT INTO lines (session_id, seq, record) VALUES (?, ?, ?)");
  let seq = numberOf(row, "seq");
  for (const text of texts) insert.run(sessionId, (seq += 1), text);
}

/** Makes a transcript, or brings one back that was retired, with a new header and without its lines. */
export function makeTranscript(db: SqliteDatabase, sessionId: string, header: string): void {
  db.prepare(
    "INSERT INTO transcripts (session_id, header) VALUES (?, ?) ON CONFLICT (session_id) DO UPDATE SET header = excluded.header, retired = NULL",
  ).run(sessionId, header);
}

/** Takes the lines of a session away; `whole` takes its transcript as well. */
export function retireLines(
  db: SqliteDatabase,
  sessionId: string,
  { retirement, whole }: { readonly retirement: number; readonly whole: boolean },
): void {
  db.prepare("UPDATE lines SET retired = ? WHERE session_id = ? AND retired IS NULL").run(
    retirement,
    sessionId,
  );
  if (whole)
    db.prepare("UPDATE transcripts SET retired = ? WHERE session_id = ? AND retired IS NULL").run(
      retirement,
      sessionId,
    );
}
