import { createRequire } from "node:module";
import { StoreError } from "@sessionsmith/core";

/** What is used of better-sqlite3's `Database`. */
export interface SqliteDatabase {
  prepare(sql: string): SqliteStatement;
  exec(sql: string): unknown;
  pragma(source: string): unknown;
}

/** What is used of better-sqlite3's `Statement`. */
export interface SqliteStatement {
  raw(): SqliteStatement;
  columns(): readonly { readonly name: string }[];
  iterate(...parameters: readonly string[]): IterableIterator<readonly unknown[]>;
}

/** Opens the bytes of a database, or an empty one for `:memory:`. */
export type SqliteConstructor = new (
  source: Buffer | ":memory:",
  options: { readonly readonly: boolean },
) => SqliteDatabase;

/**
 * Opens a copy of a database in memory, so that nothing on a disk is locked or changed.
 * @param bytes all of the database file; no longer the caller's
 * @throws StoreError E_SQLITE_UNAVAILABLE if better-sqlite3 is not installed; better-sqlite3's error for bytes that are no database
 */
export function openSqlite(bytes: Buffer, load: () => SqliteConstructor = loadBetterSqlite): SqliteDatabase {
  const Database = loaded(load);
  const database = new Database(bytes, { readonly: false });
  // What the schema of a foreign file calls must not do more than read.
  database.pragma("trusted_schema = OFF");
  return database;
}

/** An optional dependency: only somebody who migrates a database needs it, and it has to be compiled. */
function loadBetterSqlite(): SqliteConstructor {
  return createRequire(import.meta.url)("better-sqlite3");
}

function loaded(load: () => SqliteConstructor): SqliteConstructor {
  try {
    const Database = load();
    // Its compiled half is loaded by the first database.
    new Database(":memory:", { readonly: false }).pragma("user_version");
    return Database;
  } catch (cause) {
    throw new StoreError(
      "E_SQLITE_UNAVAILABLE",
      "No SQLite library can be loaded (better-sqlite3). Nothing was changed.",
      { hint: "Install better-sqlite3 12 beside sessionsmith, for the Node that runs it.", cause },
    );
  }
}
