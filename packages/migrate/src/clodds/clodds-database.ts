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

/**
 * Lets a callback read a database of Clodds (1.7.6: tables `sessions` and `messages`), from a copy in memory.
 * @throws StoreError E_SQLITE_UNAVAILABLE if there is no SQLite library
 */
export function* withDatabase<T>(
  file: ReadableFile,
  use: (database: SqliteDatabase) => Iterable<T>,
): Generator<T, void> {
  const bytes = Buffer.from(readRange(file, 0, file.fact.size));
  // A database without its write-ahead log is whole, but SQLite opens it in memory only if the header does not name that log.
  if (bytes.length > 19) bytes.fill(1, 18, 20);
  const database = openSqlite(bytes);
  try {
    yield* use(database);
  } finally {
    database.close();
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
