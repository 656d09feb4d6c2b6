import { indexSessions, stateOfSessions } from "./index-sessions.ts";
import { requireUnchangedRows } from "./clashing-rows.ts";
import { commitSessions } from "./commit-sessions.ts";
import { forgetIndexes } from "./index-cache.ts";
import type { LoadedSessions } from "./loaded-sessions.ts";
import { readStore } from "./read-store.ts";
import type { SessionStore } from "./session-store.ts";
import type { StoreAccess } from "./store-access.ts";
import { appendLine } from "./append-line.ts";
import { previewOf, readRecords } from "./read-transcript.ts";
import { underLock } from "./under-lock.ts";
import { StoreError } from "../store-error.ts";

/** The sessions of a store in files, from the cache if the index is unchanged. @throws StoreError as `readStore` does */
export function loadSessions(access: StoreAccess): LoadedSessions {
  const { indexPath } = access.target;
  const { document, era } = readStore(access);
  return indexSessions(document, { indexPath, era });
}

/** Changes the sessions of a store in files; see `SessionStore.update`. */
export async function updateSessions<T>(
  access: StoreAccess,
  mutate: (sessions: LoadedSessions) => T,
): Promise<T> {
  const { indexPath } = access.target;
  let result: { readonly value: T } | undefined;
  await commitSessions(access, (present) => {
    const sessions = indexSessions(present, { indexPath, era: "json" });
    const value = mutate(sessions);
    if (value instanceof Promise)
      throw new TypeError("the function that changes a store must not be asynchronous: nothing was changed");
    result = { value };
    return stateOfSessions(sessions).change();
  });
  if (result === undefined) throw new Error("a commit that asked for no change");
  return result.value;
}

/** Writes what was done to loaded sessions; see `SessionStore.save`. */
export async function saveSessions(access: StoreAccess, sessions: LoadedSessions): Promise<void> {
  const { indexPath } = access.target;
  const state = stateOfSessions(sessions);
  if (state.indexPath !== indexPath) throw otherStore(indexPath, state.indexPath);
  const change = state.change();
  const written = await commitSessions(access, (present) => {
    requireUnchangedRows(indexPath, change, present);
    return change;
  });
  state.wasSaved(change, written);
}

/** A store in files: `sessions.json`, and beside it one JSONL transcript a session. */
export function jsonSessionStore(access: StoreAccess): SessionStore {
  let isClosed = false;
  const open = (): StoreAccess => {
    if (isClosed) throw new Error("the session store was closed");
    return access;
  };
  return {
    path: access.target.indexPath,
    load: async () => loadSessions(open()),
    get: async (key) => loadSessions(open()).get(key),
    update: async (mutate) => updateSessions(open(), mutate),
    save: async (sessions) => saveSessions(open(), sessions),
    withLock: async (work) => workLocked(open(), work),
    append: async (sessionId, line, options = {}) => appendLine(open(), { sessionId, line }, options),
    read: async (sessionId, use) => readRecords(open(), sessionId, use),
    preview: async (sessionId, query) => previewOf(open(), sessionId, query),
    close: async () => {
      isClosed = true;
      if (access.held === undefined) forgetIndexes(access.host.fs, access.target.indexPath);
    },
  };
}

/** Works with a store of its own that is closed afterwards: the lock is gone then. */
export function workLocked<T>(access: StoreAccess, work: (store: SessionStore) => Promise<T>): Promise<T> {
  return underLock(access, async ({ locks }) => {
    const store = jsonSessionStore({ ...access, held: locks });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  });
}

function otherStore(path: string, from: string): StoreError {
  return new StoreError("E_USAGE", `These sessions were loaded from ${from}, not from ${path}.`, {
    hint: "Save them to the store that they came from.",
    details: { path, from },
  });
}
