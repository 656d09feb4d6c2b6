import { resolve } from "node:path";
import { nodeHost } from "@sessionsmith/core";
import { nodeEngineHost } from "@sessionsmith/core/engine";
import type { EngineHost } from "@sessionsmith/core/store";
import type { ConnectionOptions } from "./connection.ts";
import type { SqliteConstructor } from "./load-sqlite.ts";

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

/** The host that was given, or this machine. */
export function hostOf({ host }: Pick<SqliteStoreOptions, "host">): EngineHost {
  return host ?? nodeEngineHost(nodeHost());
}

/** Fills in what was not said. */
export function connectionOptions(options: SqliteStoreOptions): ConnectionOptions {
  const { dbPath, create = false, lockTimeoutMs = defaultLockTimeoutMs, load } = options;
  const host = hostOf(options);
  const path = resolve(host.cwd, dbPath);
  return { host, path, create, lockTimeoutMs, ...(load === undefined ? {} : { load }) };
}
