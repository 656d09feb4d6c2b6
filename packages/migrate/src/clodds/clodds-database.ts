import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type ReadableFile,
  readRange,
} from "@sessionsmith/core";
import { openSqlite, type SqliteDatabase } from "./open-sqlite.ts";

/** The first bytes of every SQLite database. */
export const sqliteMagic = "SQLite format 3\0";

/** Bytes of a database that are held in memory, as Clodds itself does; a larger one is reported and left. */
export const databaseLimitBytes = 512 * 2 ** 20;

/** Databases by the file that they were read from, for as long as somebody has that file. */
const opened = new WeakMap<ReadableFile, SqliteDatabase>();

/**
 * A database of Clodds (1.7.6: tables `sessions` and `messages`), as a copy in memory. From one file it is made once: a held file gives
 * its sessions one after the other.
 * @throws StoreError E_SQLITE_UNAVAILABLE if there is no SQLite library; better-sqlite3's error for bytes that are no database
 */
export function cloddsDatabase(file: ReadableFile): SqliteDatabase {
  const known = opened.get(file);
  if (known !== undefined) return known;
  const bytes = Buffer.from(readRange(file, 0, file.fact.size));
  // A database without its write-ahead log is whole, but SQLite opens it in memory only if the header does not name that log.
  if (bytes.length > 19) bytes.fill(1, 18, 20);
  const database = openSqlite(bytes);
  opened.set(file, database);
  return database;
}

/** Clodds has no index for the messages of a session; without one all of them are gone through for each. */
export function indexMessages(database: SqliteDatabase): void {
  try {
    database.exec("CREATE INDEX IF NOT EXISTS sessionsmith_messages ON messages (session_id, timestamp)");
  } catch (error) {
    // What can't have an index, such as a view, is read as it is.
    if (sqliteProblem(error) === undefined) throw error;
  }
}

/** The rows of a query, as JSON: the text of `context` is parsed if it is an object, bytes become base64. */
export function* readRows(
  database: SqliteDatabase,
  sql: string,
  ...parameters: readonly string[]
): Generator<JsonObject, void> {
  const statement = database.prepare(sql).raw();
  const names = statement.columns().map(({ name }) => name);
  for (const values of statement.iterate(...parameters))
    yield Object.fromEntries(names.map((name, n) => [name, jsonOf(name, values[n])]));
}

function jsonOf(name: string, value: unknown): JsonValue {
  if (typeof value === "string") return name === "context" ? parseContext(value) : value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  return Buffer.isBuffer(value) ? value.toString("base64") : null;
}

function parseContext(text: string): JsonValue {
  try {
    const parsed: unknown = JSON.parse(text);
    return isJsonObject(parsed) ? parsed : text;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

/** What SQLite says is wrong with a database, without content; undefined for any other error. */
export function sqliteProblem(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const { code } = error;
  if (typeof code !== "string" || !code.startsWith("SQLITE_")) return undefined;
  return `the database of Clodds can't be read (${code})`;
}
