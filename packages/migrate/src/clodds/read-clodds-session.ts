import {
  isJsonObject,
  type JsonObject,
  readLegacyMessage,
  type ReadableFile,
  type LegacyItem,
} from "@sessionsmith/core";
import {
  cloddsDatabase,
  databaseLimitBytes,
  indexMessages,
  readRows,
  sqliteProblem,
} from "./clodds-database.ts";
import type { SqliteDatabase } from "./open-sqlite.ts";

/** The name of the session that a row of `sessions` belongs to: several keys may lead to one id. */
export const sessionIdSql = "coalesce(nullif(id, ''), key, '')";

/**
 * Reads one session of a database of Clodds: its rows, then its messages by their time.
 * Of a session without messages in the table, those of the history in its context count.
 * @throws StoreError E_SQLITE_UNAVAILABLE if there is no SQLite library
 */
export function* readCloddsSession(file: ReadableFile, sessionId: string): Generator<LegacyItem, void> {
  if (file.fact.size > databaseLimitBytes) {
    yield unreadable("the database is larger than 512 MiB");
    return;
  }
  try {
    const database = cloddsDatabase(file);
    indexMessages(database);
    yield* sessionItems(database, sessionId);
  } catch (error) {
    const problem = sqliteProblem(error);
    if (problem === undefined) throw error;
    yield unreadable(problem);
  }
}

function unreadable(problem: string): LegacyItem {
  return { kind: "trouble", trouble: { id: "legacy-unreadable", problem } };
}

function* sessionItems(database: SqliteDatabase, sessionId: string): Generator<LegacyItem, void> {
  const sql = `SELECT * FROM sessions WHERE ${sessionIdSql} = ? ORDER BY updated_at DESC, key`;
  const [first, ...others] = [...readRows(database, sql, sessionId)];
  if (first !== undefined) yield { kind: "head", fields: first };
  for (const record of others) yield { kind: "record", record };
  let messages = 0;
  for (const row of readRows(database, messagesSql, sessionId)) {
    messages += 1;
    yield messageItem(row);
  }
  if (messages === 0) yield* historyOf(first);
}

const messagesSql = "SELECT * FROM messages WHERE session_id = ? ORDER BY timestamp, rowid";

function messageItem({ id, session_id: _session, ...message }: JsonObject): LegacyItem {
  const recordId = typeof id === "string" ? id : undefined;
  return { kind: "message", message: readLegacyMessage(message), recordId, parentId: undefined };
}

function historyOf(row: JsonObject | undefined): readonly LegacyItem[] {
  const context = row?.["context"];
  const history = isJsonObject(context) ? context["conversationHistory"] : undefined;
  return Array.isArray(history) ? history.filter(isJsonObject).map(messageItem) : [];
}
