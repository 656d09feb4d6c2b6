import {
  type IndexDocument,
  indexEdits,
  type IndexRow,
  lastRowsByKey,
  scanIndex,
  spliceIndex,
  StoreError,
} from "@sessionsmith/core";
import type { SessionsChange } from "@sessionsmith/core/store";
import type { SqliteDatabase } from "./load-sqlite.ts";
import { textOf } from "./row-values.ts";

/** All rows as an index has them, so that they are read and changed by the same rules as rows in files. */
export function readDocument(db: SqliteDatabase, path: string): IndexDocument {
  const rows = db.prepare("SELECT key, value FROM sessions ORDER BY position").all();
  const members = rows.map((row) => `${JSON.stringify(textOf(row, "key"))}:${textOf(row, "value")}`);
  return scanned(Buffer.from(`{${members.join(",\n")}}`, "utf8"), path);
}

/**
 * Writes a change of rows; fields that stay the same keep their bytes. Rows that go are kept in a retirement.
 * @returns the rows as they are then
 * @throws StoreError E_REFUSED for a row that could not be read again
 */
export function writeChange(
  db: SqliteDatabase,
  present: IndexDocument,
  { change, path, nowMs }: { readonly change: SessionsChange; readonly path: string; readonly nowMs: number },
): IndexDocument {
  const edits = indexEdits(present, change);
  if (edits.length === 0) return present;
  const after = scanned(Buffer.concat(spliceIndex(present.bytes, edits)), path);
  const rows = lastRowsByKey(after);
  for (const key of change.remove) retireRow(db, key, { reason: "removed", nowMs });
  for (const key of change.replace.keys()) updateRow(db, key, valueOf(after, rows.get(key), { key, path }));
  for (const { key } of change.insert) insertRow(db, key, valueOf(after, rows.get(key), { key, path }));
  return after;
}

/** What a row holds, as JSON text, and the session id in it. */
export interface RowValue {
  readonly value: string;
  readonly sessionId: string | undefined;
}

/** Adds a row at the end. */
export function insertRow(db: SqliteDatabase, key: string, { value, sessionId }: RowValue): void {
  db.prepare("INSERT INTO sessions (key, session_id, value) VALUES (?, ?, ?)").run(
    key,
    sessionId ?? null,
    value,
  );
}

/** Gives a row another value; it keeps its place. */
export function updateRow(db: SqliteDatabase, key: string, { value, sessionId }: RowValue): void {
  db.prepare("UPDATE sessions SET session_id = ?, value = ? WHERE key = ?").run(
    sessionId ?? null,
    value,
    key,
  );
}

/** Takes a row out, and keeps it in a retirement. @returns the id of the retirement */
export function retireRow(
  db: SqliteDatabase,
  key: string,
  { reason, nowMs }: { readonly reason: string; readonly nowMs: number },
): number {
  const { lastInsertRowid } = db
    .prepare(
      "INSERT INTO retirements (at, reason, key, session_id, entry) SELECT ?, ?, key, session_id, value FROM sessions WHERE key = ?",
    )
    .run(nowMs, reason, key);
  db.prepare("DELETE FROM sessions WHERE key = ?").run(key);
  return Number(lastInsertRowid);
}

function valueOf(
  { bytes }: IndexDocument,
  row: IndexRow | undefined,
  { key, path }: { readonly key: string; readonly path: string },
): RowValue {
  if (row?.understood !== true || /\p{Surrogate}/u.test(key)) throw notReadable(path, key);
  return {
    value: bytes.toString("utf8", row.valueRange.start, row.valueRange.end),
    sessionId: row.sessionId,
  };
}

function scanned(bytes: Buffer, path: string): IndexDocument {
  const scan = scanIndex(bytes, path);
  if (!scan.readable) throw new Error(`rows that make no index: ${scan.failure.problem}`);
  return scan.document;
}

function notReadable(path: string, key: string): StoreError {
  return new StoreError(
    "E_REFUSED",
    `The row ${JSON.stringify(key)} of ${path} could not be read again as it would be written. Nothing was changed.`,
    {
      hint: "A key may have 1,024 bytes, a row 64 MiB and 256 levels, and no text half of a surrogate pair.",
      details: { path, key },
    },
  );
}
