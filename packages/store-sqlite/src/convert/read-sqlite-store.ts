import { readCheckpoints } from "../checkpoint-rows.ts";
import type { SqliteDatabase } from "../load-sqlite.ts";
import { numberOf, textOf } from "../row-values.ts";
import type { StoreContent } from "./store-content.ts";

const pageLines = 256;

/** Looks at a store in a database, for a conversion. Lines are read when they are asked for, in the transaction that is open then. */
export function readSqliteStore(db: SqliteDatabase): StoreContent {
  const settings = db.prepare("SELECT value FROM settings WHERE id = 1").get();
  return {
    rows: db
      .prepare("SELECT key, session_id, value FROM sessions ORDER BY position")
      .all()
      .map((row) => ({
        key: textOf(row, "key"),
        sessionId: hasText(row, "session_id") ? textOf(row, "session_id") : undefined,
        value: textOf(row, "value"),
      })),
    transcripts: db
      .prepare("SELECT session_id, header FROM transcripts WHERE retired IS NULL ORDER BY session_id")
      .all()
      .map((row) => {
        const sessionId = textOf(row, "session_id");
        const sql = "FROM lines WHERE session_id = ? AND retired IS NULL AND seq > ? ORDER BY seq";
        return {
          sessionId,
          header: textOf(row, "header"),
          lines: () => texts(db, sql, { id: sessionId, at: "seq" }),
        };
      }),
    checkpoints: readCheckpoints(db).map((checkpoint) => ({
      checkpoint,
      lines: () =>
        texts(db, "FROM checkpoint_lines WHERE checkpoint_id = ? AND n > ? ORDER BY n", {
          id: checkpoint.id,
          at: "n",
        }),
    })),
    settings: settings === undefined ? undefined : textOf(settings, "value"),
  };
}

function* texts(
  db: SqliteDatabase,
  from: string,
  { id, at }: { readonly id: string; readonly at: "n" | "seq" },
): Generator<string, undefined> {
  const page = db.prepare(`SELECT ${at}, record ${from} LIMIT ${pageLines}`);
  for (let last = -1; ;) {
    const rows = page.all(id, last);
    for (const row of rows) {
      last = numberOf(row, at);
      yield textOf(row, "record");
    }
    if (rows.length < pageLines) return undefined;
  }
}

function hasText(row: unknown, column: string): boolean {
  return typeof Object(row)[column] === "string";
}
