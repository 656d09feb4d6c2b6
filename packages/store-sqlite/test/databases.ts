import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { makeTempDir } from "@sessionsmith/testkit";
import { onTestFinished } from "vitest";
import { openSqliteStorage } from "../src/index.ts";
import type { SqliteConstructor, SqliteDatabase } from "../src/load-sqlite.ts";
import type { SqliteStoreOptions } from "../src/sqlite-options.ts";

/** A temporary directory that lasts as long as the test. */
export function tempDir(): string {
  const temp = makeTempDir();
  onTestFinished(temp.dispose);
  return temp.path;
}

/** Opens a storage that is closed when the test ends. */
export async function openStorage(options: SqliteStoreOptions) {
  const storage = await openSqliteStorage(options);
  onTestFinished(() => storage.close());
  return storage;
}

/** Looks into a database with the library itself, as another program would. */
export function withDatabase<T>(path: string, use: (db: SqliteDatabase) => T): T {
  const Database: SqliteConstructor = createRequire(import.meta.url)("better-sqlite3");
  const db = new Database(path, { timeout: 1000, fileMustExist: false });
  try {
    return use(db);
  } finally {
    db.close();
  }
}

/** Names and content of all files in a directory. */
export function bytesIn(dir: string): string {
  return readdirSync(dir)
    .filter((name) => statSync(join(dir, name)).isFile())
    .map((name) => `${name}\n${readFileSync(join(dir, name), "latin1")}`)
    .join("\n");
}
