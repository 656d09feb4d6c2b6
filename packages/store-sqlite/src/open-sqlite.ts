import { resolve } from "node:path";
import { nodeHost } from "@sessionsmith/core";
import { nodeEngineHost } from "@sessionsmith/core/engine";
import type { EngineHost, SessionStorage, SessionStore } from "@sessionsmith/core/store";
import { type Connection, openConnection } from "./connection.ts";
import type { SqliteConstructor } from "./load-sqlite.ts";
import { sqliteStorage } from "./sqlite-storage.ts";
import { sqliteStore } from "./sqlite-store.ts";

/** How a database is opened. */
export interface SqliteStoreOptions {
  /** Path of the database file. */
  readonly dbPath: string;
  /** True makes a database that is not there, with mode 0600. Default false. */
  readonly create?: boolean;
  /** The machine to work on; this one unless a test brings its own. SQLite itself always works on this one. */
  readonly host?: EngineHost;
  /** How long to wait for another program that writes, in ms. Default 10,000. */
  readonly lockTimeoutMs?: number;
  /** Loads the library; better-sqlite3 unless a test brings its own. */
  readonly load?: () => SqliteConstructor;
}

const defaultLockTimeoutMs = 10_000;

/**
 * Opens a store in one database: the same contract as a store in files. Every change is a transaction; what is taken away is kept in
 * the database (soft delete), and there are no operations and no undo.
 * @throws StoreError E_SQLITE_UNAVAILABLE if better-sqlite3 is not installed; E_NOT_FOUND; E_REFUSED for a database of another program;
 * E_CORRUPT_INDEX, E_LOCKED, E_IO
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SessionStore> {
  return sqliteStore(await connect(options));
}

/**
 * Opens a database as the storage of a session manager: sessions, lines, checkpoints and settings.
 * @throws StoreError as {@link openSqliteStore}
 */
export async function openSqliteStorage(options: SqliteStoreOptions): Promise<SessionStorage> {
  return sqliteStorage(await connect(options));
}

function connect({
  dbPath,
  create = false,
  host = nodeEngineHost(nodeHost()),
  lockTimeoutMs = defaultLockTimeoutMs,
  load,
}: SqliteStoreOptions): Promise<Connection> {
  const path = resolve(host.cwd, dbPath);
  return openConnection({ host, path, create, lockTimeoutMs, ...(load === undefined ? {} : { load }) });
}
