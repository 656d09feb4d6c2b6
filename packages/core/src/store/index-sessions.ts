import type { StoreEra } from "../layout/era.ts";
import type { IndexDocument } from "../session-index/index-document.ts";
import { StoreError } from "../store-error.ts";
import { changedRows, type SessionsChange } from "./changed-rows.ts";
import { knownRows } from "./known-rows.ts";
import type { LoadedSessions } from "./loaded-sessions.ts";
import type { StoredEntry } from "./stored-entry.ts";

/** What is known of loaded sessions beside what they show. */
export interface SessionsState {
  /** Absolute path of the index that they were read from. */
  readonly indexPath: string;
  /** Compares the rows with what was read. @throws TypeError for a value that JSON can't carry */
  readonly change: () => SessionsChange;
  /** Takes an index that was written from these sessions for what the changed rows were read from. */
  readonly wasSaved: (change: SessionsChange, document: IndexDocument) => void;
}

/** Where sessions are loaded from. */
export interface SessionsOrigin {
  readonly indexPath: string;
  readonly era: StoreEra;
}

const states = new WeakMap<LoadedSessions, SessionsState>();

/** The state of sessions that were loaded here. @throws TypeError for any other object */
export function stateOfSessions(sessions: LoadedSessions): SessionsState {
  const state = states.get(sessions);
  if (state === undefined) throw new TypeError("only sessions that were loaded from a store can be saved");
  return state;
}

/** Makes the sessions of an index. Each row is parsed from its bytes when it is asked for, so nobody else has a part in it. */
export function indexSessions(document: IndexDocument, { indexPath, era }: SessionsOrigin): LoadedSessions {
  const { understood, notUnderstood } = knownRows(document);
  const rows = changedRows(document, understood);
  const locked = new Set(notUnderstood);
  const requireUnderstood = (key: string): void => {
    if (locked.has(key)) throw notUnderstoodRow(indexPath, key);
  };
  const get = (key: string): StoredEntry | undefined => {
    requireUnderstood(key);
    return rows.get(key);
  };
  const sessions: LoadedSessions = {
    era,
    notUnderstood: new Set(notUnderstood),
    get size() {
      return rows.size();
    },
    has: (key) => rows.has(key) || locked.has(key),
    get,
    set: (key, entry) => {
      requireUnderstood(key);
      rows.set(key, entry);
    },
    delete: (key) => {
      requireUnderstood(key);
      return rows.delete(key);
    },
    keys: () => rows.keys(),
    *[Symbol.iterator]() {
      for (const key of rows.keys()) {
        const entry = get(key);
        if (entry !== undefined) yield [key, entry];
      }
    },
  };
  states.set(sessions, { indexPath, change: rows.change, wasSaved: rows.wasSaved });
  return sessions;
}

function notUnderstoodRow(path: string, key: string): StoreError {
  return new StoreError(
    "E_REFUSED",
    `The row ${JSON.stringify(key)} of ${path} is not understood, so it is neither read nor changed.`,
    { hint: "`sessionsmith cleanup --dry-run --verbose` says what is odd about it.", details: { path, key } },
  );
}
