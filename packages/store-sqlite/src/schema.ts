import { StoreError } from "@sessionsmith/core";
import type { SqliteDatabase } from "./load-sqlite.ts";

/** Tells a database of this product from any other (`PRAGMA application_id`): "SeSm". */
export const applicationId = 0x5365_536d;

/**
 * What each version of the schema adds to the one before, the first one first. A version that was released is never changed.
 *
 * Nothing that was said is deleted: lines, transcripts and checkpoints that go point to the retirement that took them away, and rows
 * are kept in it.
 */
const versions: readonly string[] = [
  `CREATE TABLE retirements (
     id INTEGER PRIMARY KEY,
     at INTEGER NOT NULL,
     reason TEXT NOT NULL,
     key TEXT NOT NULL,
     session_id TEXT,
     entry TEXT
   ) STRICT;
   CREATE TABLE sessions (
     position INTEGER PRIMARY KEY,
     key TEXT NOT NULL UNIQUE,
     session_id TEXT,
     value TEXT NOT NULL
   ) STRICT;
   CREATE INDEX sessions_by_id ON sessions (session_id);
   CREATE TABLE transcripts (
     session_id TEXT PRIMARY KEY,
     header TEXT NOT NULL,
     retired INTEGER REFERENCES retirements (id)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE lines (
     session_id TEXT NOT NULL REFERENCES transcripts (session_id),
     seq INTEGER NOT NULL,
     record TEXT NOT NULL,
     retired INTEGER REFERENCES retirements (id),
     PRIMARY KEY (session_id, seq)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX lines_present ON lines (session_id, seq) WHERE retired IS NULL;
   CREATE INDEX lines_retired ON lines (retired) WHERE retired IS NOT NULL;
   CREATE TABLE checkpoints (
     id TEXT PRIMARY KEY,
     key TEXT NOT NULL,
     session_id TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     message_count INTEGER NOT NULL,
     note TEXT NOT NULL,
     entry TEXT NOT NULL,
     retired INTEGER REFERENCES retirements (id)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE checkpoint_lines (
     checkpoint_id TEXT NOT NULL REFERENCES checkpoints (id),
     n INTEGER NOT NULL,
     record TEXT NOT NULL,
     PRIMARY KEY (checkpoint_id, n)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE settings (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     value TEXT NOT NULL
   ) STRICT;`,
];

/** The version that this product writes. */
export const schemaVersion = versions.length;

/** What a database says of itself. */
export interface SchemaState {
  readonly applicationId: number;
  readonly version: number;
  /** True if there is nothing in it at all. */
  readonly empty: boolean;
}

/** Reads what a database says of itself. */
export function readSchemaState(db: SqliteDatabase): SchemaState {
  return {
    applicationId: numberOf(db.pragma("application_id", { simple: true })),
    version: numberOf(db.pragma("user_version", { simple: true })),
    empty: db.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined,
  };
}

/**
 * Sees to it that a database is one of this product, of a version that it knows.
 * @throws StoreError E_REFUSED
 */
export function requireOwnSchema(state: SchemaState, path: string): void {
  if (state.empty && state.applicationId === 0 && state.version === 0) return;
  if (state.applicationId !== applicationId) {
    throw new StoreError("E_REFUSED", `${path} is a database of another program. Nothing was changed.`, {
      hint: "Name a database of this product, or a path where there is none.",
      details: { path },
    });
  }
  if (state.version <= schemaVersion) return;
  throw new StoreError(
    "E_REFUSED",
    `${path} was written by a newer version (schema ${state.version}, known up to ${schemaVersion}). Nothing was changed.`,
    { hint: "Use that version.", details: { path, version: state.version } },
  );
}

/** Brings a database to the present version, in the transaction that is open. */
export function migrateSchema(db: SqliteDatabase, { version }: Pick<SchemaState, "version">): void {
  for (const sql of versions.slice(version)) db.exec(sql);
  db.pragma(`application_id = ${applicationId}`);
  db.pragma(`user_version = ${schemaVersion}`);
}

function numberOf(value: unknown): number {
  if (typeof value === "number") return value;
  throw new TypeError("a pragma that is no number");
}
