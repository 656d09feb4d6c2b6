import { openConnection } from "./connection.ts";
import type { SqliteDatabase } from "./load-sqlite.ts";
import { numberOf, textOf } from "./row-values.ts";
import { sqliteError } from "./sqlite-error.ts";
import { connectionOptions, type SqliteStoreOptions } from "./sqlite-options.ts";

/** What is wrong with a database. */
export interface SqliteTrouble {
  /**
   * `integrity`: SQLite finds it damaged. `foreign-key`: a line, transcript or checkpoint points nowhere. `not-json`: a value is no JSON
   * object. `session-id`: a row is filed under another session id than it says.
   */
  readonly kind: "foreign-key" | "integrity" | "not-json" | "session-id";
  /** What it is about: a sentence of SQLite, or a table and the key of a row. Never what a conversation says. */
  readonly what: string;
}

/** Troubles that are listed at most. */
const mostListed = 100;

/** What looking a database through comes to. */
export interface SqliteSurvey {
  /** Empty if all is well. */
  readonly troubles: readonly SqliteTrouble[];
  /** Rows that are there; undefined if SQLite finds the database damaged. */
  readonly sessions: number | undefined;
  /** Transcripts that are there; undefined if SQLite finds the database damaged. */
  readonly transcripts: number | undefined;
}

/**
 * Looks a database through: SQLite's own `integrity_check`, the references, and every value. Changes nothing.
 * @returns empty if all is well
 * @throws StoreError as opening it does
 */
export async function checkSqliteStore(
  options: Omit<SqliteStoreOptions, "create">,
): Promise<readonly SqliteTrouble[]> {
  return (await surveySqliteStore(options)).troubles;
}

/** Looks a database through as {@link checkSqliteStore} does, and counts what is in it. @throws StoreError as opening it does */
export async function surveySqliteStore(options: Omit<SqliteStoreOptions, "create">): Promise<SqliteSurvey> {
  const connection = await openConnection(connectionOptions({ ...options, create: false }));
  try {
    const db = connection.reader;
    // Of what SQLite finds damaged, nothing else can be told.
    const damage = integrity(db);
    if (damage.length > 0) return { troubles: damage, sessions: undefined, transcripts: undefined };
    return {
      troubles: [...foreignKeys(db), ...values(db)].slice(0, mostListed),
      sessions: counted(db, "sessions"),
      transcripts: counted(db, "transcripts WHERE retired IS NULL"),
    };
  } catch (error) {
    throw sqliteError(error, connection.path);
  } finally {
    connection.close();
  }
}

function counted(db: SqliteDatabase, from: string): number {
  return numberOf(db.prepare(`SELECT count(*) AS n FROM ${from}`).get(), "n");
}

function integrity(db: SqliteDatabase): readonly SqliteTrouble[] {
  return db
    .prepare(`PRAGMA integrity_check(${mostListed})`)
    .all()
    .map((row) => textOf(row, "integrity_check"))
    .filter((what) => what !== "ok")
    .map((what) => ({ kind: "integrity", what }));
}

function foreignKeys(db: SqliteDatabase): readonly SqliteTrouble[] {
  return db
    .prepare("PRAGMA foreign_key_check")
    .all()
    .map((row) => ({ kind: "foreign-key", what: `${textOf(row, "table")} -> ${textOf(row, "parent")}` }));
}

const valueColumns = [
  ["sessions", "key", "value"],
  ["transcripts", "session_id", "header"],
  ["lines", "session_id || '/' || seq", "record"],
  ["checkpoints", "id", "note"],
  ["checkpoint_lines", "checkpoint_id || '/' || n", "record"],
] as const;

function values(db: SqliteDatabase): readonly SqliteTrouble[] {
  const notJson = valueColumns.flatMap(([table, name, column]) =>
    db
      .prepare(
        `SELECT ${name} AS name FROM ${table} WHERE NOT json_valid(${column}) OR json_type(${column}) <> 'object' LIMIT ${mostListed}`,
      )
      .all()
      .map((row): SqliteTrouble => ({ kind: "not-json", what: `${table} ${nameOf(row)}` })),
  );
  if (notJson.length > 0) return notJson;
  return db
    .prepare(
      `SELECT key AS name FROM sessions WHERE session_id IS NOT json_extract(value, '$.sessionId') LIMIT ${mostListed}`,
    )
    .all()
    .map((row) => ({ kind: "session-id", what: `sessions ${nameOf(row)}` }));
}

function nameOf(row: unknown): string {
  return textOf(row, "name");
}
