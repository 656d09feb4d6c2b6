import { createRequire } from "node:module";

interface Database {
  exec(sql: string): unknown;
  prepare(sql: string): { run(...values: readonly (string | number | null)[]): unknown };
  serialize(): Buffer;
}

type Constructor = new (source: ":memory:") => Database;

const loaded = load();

/** Whether better-sqlite3 is installed; the tests that need it are skipped otherwise. */
export const hasSqlite: boolean = loaded !== undefined;

/** A database as Clodds 1.7.6 makes it, with the given rows; `sql` runs at last. */
export function cloddsFile({ sessions, messages, sql = "" }: CloddsContent): Buffer {
  if (loaded === undefined) throw new Error("better-sqlite3 is not installed");
  const database = new loaded(":memory:");
  database.exec(`
    CREATE TABLE sessions (id TEXT, key TEXT PRIMARY KEY, user_id TEXT, channel TEXT NOT NULL, chat_id TEXT NOT NULL,
      chat_type TEXT NOT NULL, context TEXT DEFAULT '{}', created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, title TEXT);
    CREATE TABLE messages (id TEXT PRIMARY KEY, session_id TEXT NOT NULL, role TEXT NOT NULL, content TEXT NOT NULL,
      timestamp INTEGER NOT NULL);
    CREATE TABLE settings (name TEXT);`);
  const session = database.prepare(
    "INSERT INTO sessions VALUES (?, ?, 'u1', 'telegram', '7', 'dm', ?, ?, ?, ?)",
  );
  for (const { id, key, context = "{}", createdAt, updatedAt, title = null } of sessions)
    session.run(id, key, context, createdAt, updatedAt, title);
  const message = database.prepare("INSERT INTO messages VALUES (?, ?, ?, ?, ?)");
  for (const one of messages) message.run(...one);
  database.exec(sql);
  return database.serialize();
}

/** What {@link cloddsFile} puts into a database. */
export interface CloddsContent {
  readonly sessions: readonly {
    readonly id: string | null;
    readonly key: string;
    readonly context?: string;
    readonly createdAt: number;
    readonly updatedAt: number;
    readonly title?: string;
  }[];
  /** id, session_id, role, content, timestamp */
  readonly messages: readonly (readonly [string, string, string, string, number])[];
  readonly sql?: string;
}

function load(): Constructor | undefined {
  try {
    const constructor: Constructor = createRequire(import.meta.url)("better-sqlite3");
    // Its compiled half is loaded only now.
    new constructor(":memory:").exec("SELECT 1");
    return constructor;
  } catch {
    return undefined;
  }
}
