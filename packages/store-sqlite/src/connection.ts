import { dirname } from "node:path";
import { StoreError } from "@sessionsmith/core";
import type { EngineHost } from "@sessionsmith/core/store";
import { loadSqlite, type SqliteConstructor, type SqliteDatabase } from "./load-sqlite.ts";
import { migrateSchema, readSchemaState, requireOwnSchema, schemaVersion } from "./schema.ts";
import { isBusy, sqliteError } from "./sqlite-error.ts";

/** How a database is opened. */
export interface ConnectionOptions {
  readonly host: EngineHost;
  /** Absolute path of the database file. */
  readonly path: string;
  /** Makes it if it is not there: the file with mode 0600, and its directory with 0700. */
  readonly create: boolean;
  /** How long to wait for another program that writes, in ms. */
  readonly lockTimeoutMs: number;
  readonly load?: () => SqliteConstructor;
}

/** A database that is open: one connection that writes, in turns, and one that reads what is committed. */
export interface Connection {
  readonly path: string;
  readonly host: EngineHost;
  readonly reader: SqliteDatabase;
  /** Reads. @throws StoreError for what SQLite can't do */
  look<T>(work: (db: SqliteDatabase) => T): T;
  /**
   * Runs `work` in a transaction of its own: all of it counts, or, if it throws, nothing.
   * @param sync false: a power failure may take it, and never what was there before
   */
  write<T>(work: (db: SqliteDatabase) => T, sync?: boolean): Promise<T>;
  /** Runs asynchronous `work` while nobody else may write. What it did until it throws, counts. */
  hold<T>(work: (held: HeldConnection) => Promise<T>): Promise<T>;
  close(): void;
}

/** A connection whose transaction is open. */
export type HeldConnection = Omit<Connection, "close" | "hold">;

const stepMs = 10;

/**
 * Opens a database, and brings its schema to the present version.
 * @throws StoreError E_SQLITE_UNAVAILABLE, E_NOT_FOUND, E_REFUSED if it is not ours, E_CORRUPT_INDEX, E_LOCKED, E_IO
 */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  const { host, path, create, lockTimeoutMs } = options;
  const Database = loadSqlite(options.load);
  try {
    requireFile(host, path, create);
    const writer = new Database(path, { timeout: 0, fileMustExist: true });
    try {
      await prepare(writer, { host, path, lockTimeoutMs });
      const reader = new Database(path, { timeout: lockTimeoutMs, fileMustExist: true });
      reader.pragma("query_only = ON");
      return connection({ writer, reader, host, path, lockTimeoutMs });
    } catch (error) {
      writer.close();
      throw error;
    }
  } catch (error) {
    throw sqliteError(error, path);
  }
}

/** SQLite itself would make a file that others may read. */
function requireFile({ fs }: EngineHost, path: string, create: boolean): void {
  const fact = fs.lstat(path);
  if (fact === undefined && !create) {
    throw new StoreError("E_NOT_FOUND", `There is no database at ${path}. Nothing was changed.`, {
      details: { path },
    });
  }
  if (fact !== undefined && fact.kind !== "file") {
    throw new StoreError("E_REFUSED", `${path} is a ${fact.kind}, not a regular file. Nothing was changed.`, {
      details: { path, kind: fact.kind },
    });
  }
  if (fact !== undefined) return;
  const dir = dirname(path);
  if (fs.stat(dir) === undefined) fs.makeDir(dir, 0o700);
  fs.createFile(path, 0o600, () => undefined);
}

interface Waiting {
  readonly host: EngineHost;
  readonly path: string;
  readonly lockTimeoutMs: number;
}

/** Nothing is written into a database before it is known to be ours. */
async function prepare(db: SqliteDatabase, waiting: Waiting): Promise<void> {
  // What the schema of a foreign file calls must not do more than read.
  db.pragma("trusted_schema = OFF");
  requireOwnSchema(await patiently(waiting, () => readSchemaState(db)), waiting.path);
  await patiently(waiting, () => db.pragma("journal_mode = WAL"));
  db.pragma("synchronous = FULL");
  db.pragma("foreign_keys = ON");
  await begin(db, waiting);
  try {
    const state = readSchemaState(db);
    requireOwnSchema(state, waiting.path);
    if (state.version < schemaVersion) migrateSchema(db, state);
    db.exec("COMMIT");
  } catch (error) {
    db.exec("ROLLBACK");
    throw error;
  }
}

async function begin(db: SqliteDatabase, waiting: Waiting): Promise<void> {
  await patiently(waiting, () => db.exec("BEGIN IMMEDIATE"));
}

/** Waits for another program without holding up this one. @throws SQLite's SQLITE_BUSY after the timeout */
async function patiently<T>({ host, lockTimeoutMs }: Waiting, work: () => T): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += stepMs) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || waitedMs >= lockTimeoutMs) throw error;
      // oxlint-disable-next-line no-await-in-loop -- one try after the other
      await host.sleep(stepMs);
    }
  }
}

function connection({
  writer,
  reader,
  host,
  path,
  lockTimeoutMs,
}: Waiting & { readonly writer: SqliteDatabase; readonly reader: SqliteDatabase }): Connection {
  const waiting = { host, path, lockTimeoutMs };
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work, work);
    turn = mine.catch(() => undefined);
    return mine.catch((error: unknown) => {
      throw sqliteError(error, path);
    });
  };
  const lookIn =
    (db: SqliteDatabase): Connection["look"] =>
    (work) => {
      try {
        return work(db);
      } catch (error) {
        throw sqliteError(error, path);
      }
    };
  return {
    path,
    host,
    reader,
    look: lookIn(reader),
    write: (work, sync = true) =>
      inTurn(async () => {
        if (!sync) writer.pragma("synchronous = NORMAL");
        try {
          await begin(writer, waiting);
          return inTransaction(writer, work);
        } finally {
          if (!sync) writer.pragma("synchronous = FULL");
        }
      }),
    hold: (work) =>
      inTurn(async () => {
        await begin(writer, waiting);
        try {
          return await work({
            path,
            host,
            reader: writer,
            look: lookIn(writer),
            write: async (part) => inSavepoint(writer, part),
          });
        } finally {
          writer.exec("COMMIT");
        }
      }),
    close: () => {
      reader.close();
      writer.close();
    },
  };
}

function inTransaction<T>(db: SqliteDatabase, work: (db: SqliteDatabase) => T): T {
  try {
    const result = work(db);
    db.exec("COMMIT");
    return result;
  } catch (error) {
    if (db.inTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

function inSavepoint<T>(db: SqliteDatabase, work: (db: SqliteDatabase) => T): T {
  db.exec("SAVEPOINT part");
  try {
    const result = work(db);
    db.exec("RELEASE part");
    return result;
  } catch (error) {
    if (db.inTransaction) db.exec("ROLLBACK TO part; RELEASE part");
    throw error;
  }
}
