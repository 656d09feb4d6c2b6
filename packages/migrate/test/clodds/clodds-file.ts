import { createRequire } from "node:module";

interface Database {
  exec(sql: string): unknown;
  prepare(sql: string): { run(...values: readonly (string | number | null)[]): unknown };
  serialize(): Buffer;
}

type Constructor = new (source: ":memory:") => Database;

/** A database as Clodds 1.7.6 makes it, with the given rows; `sql` runs at last. */
export function cloddsFile({ sessions, messages, sql = "" }: CloddsContent): Buffer {
  const Database: Constructor = createRequire(import.meta.url)("better-sqlite3");
  const database = new Database(":memory:");
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
