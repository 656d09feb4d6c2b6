import { createStore } from "../engine/create-store.ts";
import { isStoreError } from "../store-error.ts";
import { cacheStatsOf, forgetIndexes, type SessionStoreCacheStats } from "./index-cache.ts";
import { jsonSessionStore, loadSessions, saveSessions, updateSessions, workLocked } from "./json-store.ts";
import type { LoadedSessions } from "./loaded-sessions.ts";
import { readStore } from "./read-store.ts";
import type { SessionStore } from "./session-store.ts";
import { accessStore, requireWritableEra, type StoreAccess } from "./store-access.ts";
import { hostOf, type OpenStoreOptions, type StoreOptions } from "./store-options.ts";

/**
 * Opens the store at a path.
 * @param path the index, or the directory that holds `sessions.json`
 * @throws StoreError E_NOT_FOUND if there is none and `create` is not set; E_CORRUPT_INDEX, E_SQLITE_ERA, E_REFUSED, E_IO
 */
export async function openSessionStore(path: string, options: OpenStoreOptions = {}): Promise<SessionStore> {
  const access = accessStore(path, options);
  orCreate(access, options, () => readStore(access));
  return jsonSessionStore(access);
}

/**
 * Loads all sessions of a store, as a map of the caller's own. Reads take no lock; the index is read again only if it changed
 * or has not been read for 45 s.
 * @param path the index, or the directory that holds `sessions.json`
 * @throws StoreError as {@link openSessionStore}
 */
export async function loadSessionStore(
  path: string,
  options: OpenStoreOptions = {},
): Promise<LoadedSessions> {
  const access = accessStore(path, options);
  return orCreate(access, options, () => loadSessions(access));
}

/**
 * Writes what was done to sessions since they were loaded or last saved; everything else keeps its bytes.
 * @throws StoreError E_STALE_PLAN if somebody else changed one of these rows since, and then nothing was changed; E_LOCKED,
 * E_SQLITE_ERA, E_IO; TypeError for a value that JSON can't carry
 */
export async function saveSessionStore(
  path: string,
  sessions: LoadedSessions,
  options: StoreOptions = {},
): Promise<void> {
  await saveSessions(accessStore(path, options), sessions);
}

/**
 * Changes sessions: `mutate` gets them as they are and changes them in place; only fields that differ afterwards are written,
 * before anybody else may write. It may be called again if another program wrote meanwhile, and must not be asynchronous.
 * @returns what `mutate` returned
 * @throws what `mutate` throws, and then nothing was changed; StoreError as {@link saveSessionStore}, without E_STALE_PLAN
 * unless another program keeps writing
 */
export async function updateSessionStore<T>(
  path: string,
  mutate: (sessions: LoadedSessions) => T,
  options: OpenStoreOptions = {},
): Promise<T> {
  const access = accessStore(path, options);
  if (options.create === true) orCreate(access, options, () => readStore(access));
  return updateSessions(access, mutate);
}

/**
 * Works while no other program that respects the lock may change the store. `work` has to use the store that it is given.
 * @throws StoreError E_LOCKED after the timeout (10 s unless set), naming the holder; what `work` throws
 */
export async function withSessionStoreLock<T>(
  path: string,
  work: (store: SessionStore) => Promise<T>,
  options: StoreOptions = {},
): Promise<T> {
  return workLocked(accessStore(path, options), work);
}

/** Forgets what was read of one store, or of all: the next read looks at the disk. Only ever needed to save memory. */
export function invalidateSessionStoreCache(path?: string, options: StoreOptions = {}): void {
  if (path === undefined) forgetIndexes(hostOf(options).fs);
  else {
    const { host, target } = accessStore(path, options);
    forgetIndexes(host.fs, target.indexPath);
  }
}

/** How often reads of this process were answered from memory. */
export function sessionStoreCacheStats(options: StoreOptions = {}): SessionStoreCacheStats {
  return cacheStatsOf(hostOf(options).fs);
}

/** Makes the store first if it is not there and may be made. An index that is missing beside transcripts is damage, not absence. */
function orCreate<T>(access: StoreAccess, { create = false }: OpenStoreOptions, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!create || !isStoreError(error) || error.code !== "E_NOT_FOUND") throw error;
    requireWritableEra(access);
    createStore(access.host, access.target.indexPath);
    return read();
  }
}
