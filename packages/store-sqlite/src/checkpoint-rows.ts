import { type JsonObject, StoreError } from "@sessionsmith/core";
import type { StoredCheckpoint } from "@sessionsmith/core/store";
import type { SqliteDatabase } from "./load-sqlite.ts";
import { numberOf, objectOf, textOf } from "./row-values.ts";

const pageLines = 256;

/** Keeps a checkpoint; `withLines` copies the lines of its session as they are now. */
export function addCheckpoint(
  db: SqliteDatabase,
  checkpoint: StoredCheckpoint,
  { withLines }: { readonly withLines: boolean },
): void {
  const { id, key, sessionId, createdAt, messageCount, note, entry } = checkpoint;
  db.prepare(
    "INSERT INTO checkpoints (id, key, session_id, created_at, message_count, note, entry) VALUES (?, ?, ?, ?, ?, ?, ?)",
  ).run(id, key, sessionId, createdAt, messageCount, JSON.stringify(note), JSON.stringify(entry));
  if (!withLines) return;
  db.prepare(
    "INSERT INTO checkpoint_lines (checkpoint_id, n, record) SELECT ?, seq, record FROM lines WHERE session_id = ? AND retired IS NULL",
  ).run(id, sessionId);
}

/** All checkpoints, oldest first. */
export function readCheckpoints(db: SqliteDatabase): readonly StoredCheckpoint[] {
  return db
    .prepare("SELECT * FROM checkpoints WHERE retired IS NULL ORDER BY created_at, id")
    .all()
    .map(checkpointOf);
}

/** @throws StoreError E_NOT_FOUND */
export function requireCheckpoint(db: SqliteDatabase, path: string, id: string): StoredCheckpoint {
  const row = db.prepare("SELECT * FROM checkpoints WHERE id = ? AND retired IS NULL").get(id);
  if (row !== undefined) return checkpointOf(row);
  throw new StoreError(
    "E_NOT_FOUND",
    `There is no checkpoint ${JSON.stringify(id)} in ${path}. Nothing was changed.`,
    { hint: "`checkpoint list` shows those that there are.", details: { checkpoint: id } },
  );
}

/** The lines of a checkpoint, the header left out. */
export function* checkpointLines(db: SqliteDatabase, id: string): Generator<JsonObject, undefined> {
  const page = db.prepare(
    `SELECT n, record FROM checkpoint_lines WHERE checkpoint_id = ? AND n > ? ORDER BY n LIMIT ${pageLines}`,
  );
  for (let last = -1; ;) {
    const rows = page.all(id, last);
    for (const row of rows) {
      last = numberOf(row, "n");
      yield objectOf(row, "record");
    }
    if (rows.length < pageLines) return undefined;
  }
}

/** Takes a checkpoint away; it stays in the database. @throws StoreError E_NOT_FOUND */
export function retireCheckpoint(
  db: SqliteDatabase,
  path: string,
  { id, reason, nowMs }: { readonly id: string; readonly reason: string; readonly nowMs: number },
): void {
  const { key, sessionId } = requireCheckpoint(db, path, id);
  const { lastInsertRowid } = db
    .prepare("INSERT INTO retirements (at, reason, key, session_id) VALUES (?, ?, ?, ?)")
    .run(nowMs, reason, key, sessionId);
  db.prepare("UPDATE checkpoints SET retired = ? WHERE id = ?").run(Number(lastInsertRowid), id);
}

function checkpointOf(row: unknown): StoredCheckpoint {
  return {
    id: textOf(row, "id"),
    key: textOf(row, "key"),
    sessionId: textOf(row, "session_id"),
    createdAt: numberOf(row, "created_at"),
    messageCount: numberOf(row, "message_count"),
    note: objectOf(row, "note"),
    entry: objectOf(row, "entry"),
  };
}
