import { isConversationRecord, type JsonObject, StoreError } from "@sessionsmith/core";
import {
  jsonCopyOfObject,
  type SessionChange,
  type SessionStorage,
  type StorageOutcome,
  type StoredCheckpoint,
} from "@sessionsmith/core/store";
import {
  addCheckpoint,
  checkpointLines,
  readCheckpoints,
  requireCheckpoint,
  retireCheckpoint,
} from "./checkpoint-rows.ts";
import type { Connection } from "./connection.ts";
import type { SqliteDatabase } from "./load-sqlite.ts";
import { objectOf } from "./row-values.ts";
import { insertRow, retireRow, type RowValue, updateRow } from "./session-rows.ts";
import { sqliteStore } from "./sqlite-store.ts";
import { addLines, hasTranscript, linesOf, makeTranscript, retireLines } from "./transcript-rows.ts";

const nothing: StorageOutcome = { operationId: undefined };

/** The storage of a session manager in one database. There are no operations: what is taken away stays in the database. */
export function sqliteStorage(connection: Connection): SessionStorage {
  const { host, path } = connection;
  const store = sqliteStore(connection);
  const change = async (work: (db: SqliteDatabase, nowMs: number) => void): Promise<StorageOutcome> => {
    await connection.write((db) => work(db, host.clock.now()));
    return nothing;
  };
  return {
    store,
    clear: (order) =>
      change((db, nowMs) => {
        const { sessionId } = order;
        const entry = requireSession(db, path, order);
        if (hasTranscript(db, sessionId)) {
          const retirement = retirementOf(db, order, { reason: "clear", nowMs });
          retireLines(db, sessionId, { retirement, whole: false });
        }
        updateRow(db, order.key, valueOf(order.changeEntry(entry), order.key));
      }),
    reset: (order) =>
      change((db, nowMs) => {
        const { sessionId, reason, newSessionId } = order;
        const entry = requireSession(db, path, order);
        const retirement = retirementOf(db, order, { reason, nowMs });
        retireLines(db, sessionId, { retirement, whole: true });
        const after = { ...order.changeEntry(entry), sessionId: newSessionId };
        updateRow(db, order.key, valueOf(after, order.key));
      }),
    remove: ({ sessions, checkpointIds }) =>
      change((db, nowMs) => {
        for (const session of sessions) {
          requireSession(db, path, session);
          const retirement = retireRow(db, session.key, { reason: "removed", nowMs });
          retireLines(db, session.sessionId, { retirement, whole: true });
        }
        for (const id of checkpointIds) retireCheckpoint(db, path, { id, reason: "removed", nowMs });
      }),
    saveCheckpoint: async (draft) => {
      const id = host.ids.uuid();
      return connection.write((db) => {
        const { key, sessionId, note, entry } = draft;
        requireSession(db, path, draft);
        const checkpoint: StoredCheckpoint = {
          id,
          key,
          sessionId,
          createdAt: host.clock.now(),
          messageCount: countMessages(db, sessionId),
          note,
          entry,
        };
        addCheckpoint(db, checkpoint, { withLines: true });
        return checkpoint;
      });
    },
    listCheckpoints: async () => connection.look(readCheckpoints),
    restoreCheckpoint: (order) =>
      change((db, nowMs) => {
        const { key, sessionId, checkpointId, changeEntry, rewrite = (lines) => lines } = order;
        const { entry: kept } = requireCheckpoint(db, path, checkpointId);
        const present = rowOf(db, key);
        if (present !== undefined) requireSession(db, path, order);
        const retirement = retirementOf(db, order, { reason: "checkpoint-restore", nowMs });
        retireLines(db, sessionId, { retirement, whole: false });
        makeTranscript(db, sessionId, headerText(sessionId, { nowMs, cwd: host.cwd }));
        addLines(db, sessionId, texts(rewrite(checkpointLines(db, checkpointId))));
        const lines = { [Symbol.iterator]: () => checkpointLines(db, checkpointId) };
        const value = valueOf(changeEntry(present ?? kept, lines), key);
        if (present === undefined) insertRow(db, key, value);
        else updateRow(db, key, value);
      }),
    deleteCheckpoint: (id) =>
      change((db, nowMs) => retireCheckpoint(db, path, { id, reason: "asked-for", nowMs })),
    readSettings: async () => {
      const row = connection.look((db) => db.prepare("SELECT value FROM settings WHERE id = 1").get());
      return row === undefined ? {} : objectOf(row, "value");
    },
    writeSettings: (settings) =>
      change((db) => {
        const text = JSON.stringify(jsonCopyOfObject(settings, "settings"));
        db.prepare(
          "INSERT INTO settings (id, value) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET value = excluded.value",
        ).run(text);
      }),
    close: () => store.close(),
  };
}

type Session = Pick<SessionChange, "key" | "sessionId">;

function rowOf(db: SqliteDatabase, key: string): JsonObject | undefined {
  const row = db.prepare("SELECT value FROM sessions WHERE key = ?").get(key);
  return row === undefined ? undefined : objectOf(row, "value");
}

/** The row of a session. @throws StoreError E_NOT_FOUND if the key has none, or one of another session */
function requireSession(db: SqliteDatabase, path: string, { key, sessionId }: Session): JsonObject {
  const entry = rowOf(db, key);
  if (entry?.["sessionId"] === sessionId) return entry;
  throw new StoreError("E_NOT_FOUND", `No session of ${path} has the id ${sessionId}. Nothing was changed.`, {
    hint: "A session that was reset has a new id, and one that was removed has none.",
    details: { path, sessionId },
  });
}

/** Notes that something of a session goes, with its row as it is now. @returns the id of the retirement */
function retirementOf(
  db: SqliteDatabase,
  { key, sessionId }: Session,
  { reason, nowMs }: { readonly reason: string; readonly nowMs: number },
): number {
  const entry = rowOf(db, key);
  const { lastInsertRowid } = db
    .prepare("INSERT INTO retirements (at, reason, key, session_id, entry) VALUES (?, ?, ?, ?, ?)")
    .run(nowMs, reason, key, sessionId, entry === undefined ? null : JSON.stringify(entry));
  return Number(lastInsertRowid);
}

function valueOf(entry: object, key: string): RowValue {
  const value = jsonCopyOfObject(entry, key);
  const { sessionId } = value;
  return { value: JSON.stringify(value), sessionId: typeof sessionId === "string" ? sessionId : undefined };
}

function countMessages(db: SqliteDatabase, sessionId: string): number {
  let count = 0;
  for (const { record } of linesOf(db, sessionId).oldestFirst()) if (isConversationRecord(record)) count += 1;
  return count;
}

function headerText(id: string, { nowMs, cwd }: { readonly nowMs: number; readonly cwd: string }): string {
  return JSON.stringify({ type: "session", version: 3, id, timestamp: new Date(nowMs).toISOString(), cwd });
}

function* texts(records: Iterable<JsonObject>): Generator<string> {
  for (const record of records) yield JSON.stringify(record);
}
