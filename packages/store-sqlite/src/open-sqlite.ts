import type { SessionStorage, SessionStore } from "@sessionsmith/core/store";
import { openConnection } from "./connection.ts";
import { connectionOptions, type SqliteStoreOptions } from "./sqlite-options.ts";
import { sqliteStorage } from "./sqlite-storage.ts";
import { sqliteStore } from "./sqlite-store.ts";

/**
 * Opens a store in one database: the same contract as a store in files. Every change is a transaction; what is taken away is kept in
 * the database (soft delete), and there are no operations and no undo.
 * @throws StoreError E_SQLITE_UNAVAILABLE if better-sqlite3 is not installed; E_NOT_FOUND; E_REFUSED for a database of another program;
 * E_CORRUPT_INDEX, E_LOCKED, E_IO
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SessionStore> {
  return sqliteStore(await openConnection(connectionOptions(options)));
}

/**
 * Opens a database as the storage of a session manager: sessions, lines, checkpoints and settings.
 * @throws StoreError as {@link openSqliteStore}
 */
export async function openSqliteStorage(options: SqliteStoreOptions): Promise<SessionStorage> {
  return sqliteStorage(await openConnection(connectionOptions(options)));
}
