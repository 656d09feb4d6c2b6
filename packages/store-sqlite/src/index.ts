/**
 * Session stores in one SQLite database, for a session manager's own sessions.
 *
 * @packageDocumentation
 */
export { openSqliteStorage, openSqliteStore, type SqliteStoreOptions } from "./open-sqlite.ts";
