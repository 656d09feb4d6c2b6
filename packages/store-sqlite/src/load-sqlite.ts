import { createRequire } from "node:module";
import { StoreError } from "@sessionsmith/core";

/** What is used of better-sqlite3's `Database`. */
export interface SqliteDatabase {
  readonly inTransaction: boolean;
  prepare(sql: string): SqliteStatement;
  exec(sql: string): unknown;
  pragma(source: string, options?: { readonly simple: boolean }): unknown;
  close(): unknown;
}

/** What is used of better-sqlite3's `Statement`. */
export interface SqliteStatement {
  run(...values: readonly SqlValue[]): {
    readonly changes: number;
    readonly lastInsertRowid: bigint | number;
  };
  get(...values: readonly SqlValue[]): unknown;
  all(...values: readonly SqlValue[]): readonly unknown[];
}

/** A value that is bound to a statement. */
export type SqlValue = number | string | null;

/** Opens a database file. */
export type SqliteConstructor = new (
  path: string,
  options: { readonly timeout: number; readonly fileMustExist: boolean },
) => SqliteDatabase;

/**
 * Loads better-sqlite3, an optional dependency, when it is needed first.
 * @throws StoreError E_SQLITE_UNAVAILABLE if it is not installed, or not for this Node
 */
export function loadSqlite(load: () => SqliteConstructor = loadBetterSqlite): SqliteConstructor {
  try {
    const Database = load();
    // Its compiled half is loaded by the first database.
    new Database(":memory:", { timeout: 0, fileMustExist: false }).close();
    return Database;
  } catch (cause) {
    throw new StoreError(
      "E_SQLITE_UNAVAILABLE",
      "No SQLite library can be loaded (better-sqlite3). Nothing was changed.",
      { hint: "Install better-sqlite3 12 beside sessionsmith, for the Node that runs it.", cause },
    );
  }
}

function loadBetterSqlite(): SqliteConstructor {
  return createRequire(import.meta.url)("better-sqlite3");
}
