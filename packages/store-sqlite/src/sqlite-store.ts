import { cutCodePoints, type IndexDocument, parseMessage, StoreError } from "@sessionsmith/core";
import {
  indexSessions,
  type LoadedSessions,
  requireUnchangedRows,
  type SessionStore,
  stateOfSessions,
  type StoredEntry,
  type TranscriptMessage,
  type TranscriptReader,
} from "@sessionsmith/core/store";
import { appendLater } from "./append-later.ts";
import type { Connection, HeldConnection } from "./connection.ts";
import type { SqliteDatabase } from "./load-sqlite.ts";
import { numberOf, objectOf } from "./row-values.ts";
import { readDocument, writeChange } from "./session-rows.ts";
import { hasTranscript, linesOf } from "./transcript-rows.ts";

/** A store in one database. Each change is a transaction. */
export function sqliteStore(connection: Connection): SessionStore {
  let isClosed = false;
  const own = storeOn(connection);
  const open = (): typeof own => {
    if (isClosed) throw new Error("the session store was closed");
    return own;
  };
  return {
    path: connection.path,
    ...whileOpen(open),
    withLock: async (work) => {
      open();
      return connection.hold((held) => workHeld(held, work));
    },
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      connection.close();
    },
  };
}

/** Works with a store of its own, which is of no more use when the transaction is over. */
async function workHeld<T>(held: HeldConnection, work: (store: SessionStore) => Promise<T>): Promise<T> {
  let isOver = false;
  const own = storeOn(held);
  const open = (): typeof own => {
    if (isOver) throw new Error("the session store was closed");
    return own;
  };
  const store: SessionStore = {
    path: held.path,
    ...whileOpen(open),
    withLock: async (again) => {
      open();
      return again(store);
    },
    close: async () => {
      isOver = true;
    },
  };
  try {
    return await work(store);
  } finally {
    isOver = true;
  }
}

/** What a store does with its rows and transcripts. */
type StoreWork = Omit<SessionStore, "close" | "path" | "withLock">;

/** @param open gives the store, or throws if it was closed */
function whileOpen(open: () => StoreWork): StoreWork {
  return {
    load: async () => open().load(),
    get: async (key) => open().get(key),
    update: async (mutate) => open().update(mutate),
    save: async (sessions) => open().save(sessions),
    append: async (sessionId, line, options) => open().append(sessionId, line, options),
    read: async (sessionId, use) => open().read(sessionId, use),
    preview: async (sessionId, query) => open().preview(sessionId, query),
  };
}

function storeOn(connection: HeldConnection): StoreWork {
  const { path, host, reader, look } = connection;
  const seen: { version?: number; document?: IndexDocument } = {};
  /** What is read stays as long as nobody writes. */
  const document = (): IndexDocument => {
    const version = numberOf({ version: reader.pragma("data_version", { simple: true }) }, "version");
    const isFresh = seen.document !== undefined && seen.version === version && !reader.inTransaction;
    const found = isFresh && seen.document !== undefined ? seen.document : readDocument(reader, path);
    seen.version = version;
    seen.document = found;
    return found;
  };
  const origin = { indexPath: path, era: "sqlite" } as const;
  const append = appendLater(connection);
  return {
    load: async () => look(() => indexSessions(document(), origin)),
    get: async (key) => {
      const row = look((db) => db.prepare("SELECT value FROM sessions WHERE key = ?").get(key));
      if (row === undefined) return undefined;
      const entry: StoredEntry = JSON.parse(JSON.stringify(objectOf(row, "value")));
      return entry;
    },
    update: async (mutate) =>
      connection.write((db) => {
        const present = readDocument(db, path);
        const sessions = indexSessions(present, origin);
        const value = mutate(sessions);
        if (value instanceof Promise)
          throw new TypeError(
            "the function that changes a store must not be asynchronous: nothing was changed",
          );
        writeChange(db, present, {
          change: stateOfSessions(sessions).change(),
          path,
          nowMs: host.clock.now(),
        });
        return value;
      }),
    save: async (sessions) => saveSessions(connection, sessions),
    append: async (sessionId, line, options = {}) => append({ sessionId, line, options }),
    read: async (sessionId, use) => look((db) => readAtOnce(db, sessionId, use)),
    preview: async (sessionId, { limit, maxChars }) => {
      requirePositive("limit", limit);
      requirePositive("maxChars", maxChars);
      return look((db) =>
        readAtOnce(db, sessionId, (transcript) => lastMessages(transcript, { limit, maxChars })),
      );
    },
  };
}

async function saveSessions({ path, host, write }: HeldConnection, sessions: LoadedSessions): Promise<void> {
  const state = stateOfSessions(sessions);
  if (state.indexPath !== path) {
    throw new StoreError("E_USAGE", `These sessions were loaded from ${state.indexPath}, not from ${path}.`, {
      hint: "Save them to the store that they came from.",
      details: { path, from: state.indexPath },
    });
  }
  const change = state.change();
  const written = await write((db) => {
    const present = readDocument(db, path);
    requireUnchangedRows(path, change, present);
    return writeChange(db, present, { change, path, nowMs: host.clock.now() });
  });
  state.wasSaved(change, written);
}

/** All that is read is of one moment. */
function readAtOnce<T>(
  db: SqliteDatabase,
  sessionId: string,
  use: (transcript: TranscriptReader) => T,
): T | undefined {
  const isOurs = !db.inTransaction;
  if (isOurs) db.exec("BEGIN");
  try {
    return hasTranscript(db, sessionId) ? use(linesOf(db, sessionId)) : undefined;
  } finally {
    if (isOurs) db.exec("COMMIT");
  }
}

function lastMessages(
  transcript: TranscriptReader,
  { limit, maxChars }: { readonly limit: number; readonly maxChars: number },
): readonly TranscriptMessage[] {
  const found: TranscriptMessage[] = [];
  for (const { record } of transcript.newestFirst()) {
    const message = parseMessage(record);
    if (message === undefined || message.text.trim() === "") continue;
    found.push({ role: message.role, text: cutCodePoints(message.text, maxChars) });
    if (found.length === limit) break;
  }
  return found.toReversed();
}

function requirePositive(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new StoreError("E_USAGE", `${name} has to be a whole number from 1 on, not ${value}.`);
}
