import { resolve } from "node:path";
import { StoreError } from "@sessionsmith/core";
import { publishFile } from "@sessionsmith/core/engine";
import { type EngineHost, openSessionStore } from "@sessionsmith/core/store";
import { addCheckpoint } from "../checkpoint-rows.ts";
import { openConnection } from "../connection.ts";
import { loadSqlite, type SqliteDatabase } from "../load-sqlite.ts";
import { connectionOptions, hostOf, type SqliteStoreOptions } from "../sqlite-options.ts";
import { insertRow } from "../session-rows.ts";
import { addLines, makeTranscript } from "../transcript-rows.ts";
import { readJsonStore } from "./read-json-store.ts";
import { readSqliteStore } from "./read-sqlite-store.ts";
import {
  compareContent,
  type ContentComparison,
  type ContentCounts,
  countContent,
  type StoreContent,
} from "./store-content.ts";

/** Which store is brought into a database. */
export interface ImportOrder extends Omit<SqliteStoreOptions, "create"> {
  /** The index of the store in files, or the directory that holds `sessions.json`. It stays as it is. */
  readonly storePath: string;
  /** True: looks whether it can be done, counts, and writes nothing. Default false. */
  readonly dryRun?: boolean;
}

/**
 * Copies a store in files into a database that is not there yet: rows, transcripts of rows, checkpoints and settings, each
 * line byte for byte; all of it is compared with the original before the database gets its name. The store is read to its end
 * before anything is made. Archives, files that no row needs, and operations stay where they are. Whoever is killed leaves a
 * `<database>.<uuid>.tmp` at most, which is in nobody's way.
 * @throws StoreError E_REFUSED if there is something where the database goes, or something in the store that can't be converted as it is;
 * E_SQLITE_UNAVAILABLE, and as opening either store does
 */
export async function importJsonStore(order: ImportOrder): Promise<ContentCounts> {
  const host = hostOf(order);
  const dbPath = resolve(host.cwd, order.dbPath);
  loadSqlite(order.load);
  requireAbsent(host, dbPath);
  const store = await openSessionStore(resolve(host.cwd, order.storePath), { host });
  try {
    const counts = countContent(readJsonStore(host, store.path));
    if (order.dryRun === true) return counts;
    return await store.withLock((locked) => makeDatabase({ ...order, dbPath }, host, locked.path));
  } finally {
    await store.close();
  }
}

function requireAbsent({ fs }: EngineHost, path: string): void {
  if (fs.lstat(path) === undefined) return;
  throw new StoreError("E_REFUSED", `There is something at ${path} already. Nothing was changed.`, {
    hint: "Name a database that is not there yet.",
    details: { path },
  });
}

/** @param indexPath of the store, which is locked */
async function makeDatabase(order: ImportOrder, host: EngineHost, indexPath: string): Promise<ContentCounts> {
  const { dbPath } = order;
  const temp = `${dbPath}.${host.ids.uuid()}.tmp`;
  try {
    const counts = await fillDatabase({ ...order, dbPath: temp }, readJsonStore(host, indexPath));
    await publishFile(host, temp, dbPath);
    return counts;
  } catch (error) {
    for (const path of [temp, `${temp}-wal`, `${temp}-shm`])
      if (host.fs.lstat(path) !== undefined) host.fs.unlink(path);
    throw error;
  }
}

/** SQLite puts its log into the database and takes it away when the last connection is closed. */
async function fillDatabase(order: ImportOrder, content: StoreContent): Promise<ContentCounts> {
  const connection = await openConnection(connectionOptions({ ...order, create: true }));
  try {
    return await connection.write((db) => {
      writeContent(db, content);
      return requireSame(compareContent(content, readSqliteStore(db)), order.dbPath);
    });
  } finally {
    connection.close();
  }
}

function writeContent(db: SqliteDatabase, { rows, transcripts, checkpoints, settings }: StoreContent): void {
  for (const { key, value, sessionId } of rows) insertRow(db, key, { value, sessionId });
  for (const { sessionId, header, lines } of transcripts) {
    makeTranscript(db, sessionId, header);
    addLines(db, sessionId, lines());
  }
  const insert = db.prepare("INSERT INTO checkpoint_lines (checkpoint_id, n, record) VALUES (?, ?, ?)");
  for (const { checkpoint, lines } of checkpoints) {
    addCheckpoint(db, checkpoint, { withLines: false });
    let n = 0;
    for (const line of lines()) insert.run(checkpoint.id, (n += 1), line);
  }
  if (settings !== undefined) db.prepare("INSERT INTO settings (id, value) VALUES (1, ?)").run(settings);
}

/** A copy that is not the same never counts. */
export function requireSame({ differences, ...counts }: ContentComparison, path: string): ContentCounts {
  if (differences.length === 0) return counts;
  throw new StoreError(
    "E_IO",
    `What was written to ${path} is not what was read: ${differences.slice(0, 10).join(", ")}. Nothing was changed.`,
    {
      hint: "Try again; if it happens again, please report it.",
      details: { path, differences: [...differences] },
    },
  );
}
