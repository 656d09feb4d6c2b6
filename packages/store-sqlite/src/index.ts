/**
 * Session stores in one SQLite database, for a session manager's own sessions.
 *
 * @packageDocumentation
 */
export {
  checkSqliteStore,
  type SqliteSurvey,
  type SqliteTrouble,
  surveySqliteStore,
} from "./check-sqlite-store.ts";
export { exportSqliteStore, type ExportOrder, type ExportOutcome } from "./convert/export-sqlite-store.ts";
export { importJsonStore, type ImportOrder } from "./convert/import-json-store.ts";
export type { ContentCounts } from "./convert/store-content.ts";
export { isSqliteStore } from "./is-sqlite-store.ts";
export type { SqliteConstructor, SqliteDatabase, SqliteStatement } from "./load-sqlite.ts";
export { openSqliteStorage, openSqliteStore } from "./open-sqlite.ts";
export type { SqliteStoreOptions } from "./sqlite-options.ts";
