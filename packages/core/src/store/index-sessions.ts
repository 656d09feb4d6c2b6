import type { StoreEra } from "../layout/era.ts";
import { lastRowsByKey } from "../session-index/find-row.ts";
import type { FieldChanges, IndexChange, NewRow } from "../session-index/index-edits.ts";
import type { IndexDocument, IndexRow } from "../session-index/index-document.ts";
import { StoreError } from "../store-error.ts";
import { fieldChanges } from "./field-changes.ts";
import { jsonCopyOfObject } from "./json-copy.ts";
import type { LoadedSessions } from "./loaded-sessions.ts";
import { isStoredEntry, type StoredEntry } from "./stored-entry.ts";

/** A row as it was read, with the document that holds its bytes. */
export interface BaseRow {
  readonly document: IndexDocument;
  readonly row: IndexRow;
}

/** What became of loaded sessions since they were read. */
export interface SessionsChange extends Required<Omit<IndexChange, "rekey">> {
  /** What each row that goes or changes was, by session key. */
  readonly bases: ReadonlyMap<string, BaseRow>;
}

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
  const bases = new Map<string, BaseRow>();
  const notUnderstood = new Set<string>();
  /** Undefined as long as nobody has asked for the row. */
  const entries = new Map<string, StoredEntry | undefined>();
  for (const [key, row] of lastRowsByKey(document)) {
    bases.set(key, { document, row });
    if (row.understood) entries.set(key, undefined);
    else notUnderstood.add(key);
  }
  const get = (key: string): StoredEntry | undefined => {
    if (notUnderstood.has(key)) throw notUnderstoodRow(indexPath, key);
    const known = entries.get(key);
    const base = bases.get(key);
    if (known !== undefined || base === undefined || !entries.has(key)) return known;
    const entry = parseBase(base);
    entries.set(key, entry);
    return entry;
  };
  const sessions: LoadedSessions = {
    era,
    notUnderstood,
    get size() {
      return entries.size;
    },
    has: (key) => entries.has(key) || notUnderstood.has(key),
    get,
    set: (key, entry) => {
      if (notUnderstood.has(key)) throw notUnderstoodRow(indexPath, key);
      entries.set(key, entry);
    },
    delete: (key) => {
      if (notUnderstood.has(key)) throw notUnderstoodRow(indexPath, key);
      return entries.delete(key);
    },
    keys: () => entries.keys(),
    *[Symbol.iterator]() {
      for (const key of entries.keys()) {
        const entry = get(key);
        if (entry !== undefined) yield [key, entry];
      }
    },
  };
  states.set(sessions, {
    indexPath,
    change: () => changeOf(bases, entries),
    wasSaved: ({ remove, replace, insert }, saved) => {
      const rows = lastRowsByKey(saved);
      for (const key of remove) bases.delete(key);
      for (const key of [...replace.keys(), ...insert.map((added) => added.key)]) {
        const row = rows.get(key);
        if (row !== undefined) bases.set(key, { document: saved, row });
      }
    },
  });
  return sessions;
}

function changeOf(
  bases: ReadonlyMap<string, BaseRow>,
  entries: ReadonlyMap<string, StoredEntry | undefined>,
): SessionsChange {
  const replace = new Map<string, FieldChanges>();
  const insert: NewRow[] = [];
  const changed = new Map<string, BaseRow>();
  for (const [key, entry] of entries) {
    if (entry === undefined) continue;
    const value = jsonCopyOfObject(entry, key);
    const base = bases.get(key);
    if (base === undefined) insert.push({ key, value });
    else {
      const changes = fieldChanges(parseBase(base), value);
      if (changes.size === 0) continue;
      replace.set(key, changes);
      changed.set(key, base);
    }
  }
  const remove = new Set<string>();
  for (const [key, base] of bases) {
    if (entries.has(key) || !base.row.understood) continue;
    remove.add(key);
    changed.set(key, base);
  }
  return { remove, replace, insert, bases: changed };
}

function parseBase({ document, row }: BaseRow): StoredEntry {
  const { start, end } = row.valueRange;
  const value: unknown = JSON.parse(document.bytes.toString("utf8", start, end));
  if (!isStoredEntry(value)) throw new TypeError(`the row at byte ${start} is understood, but no object`);
  return value;
}

function notUnderstoodRow(path: string, key: string): StoreError {
  return new StoreError(
    "E_REFUSED",
    `The row ${JSON.stringify(key)} of ${path} is not understood, so it is neither read nor changed.`,
    { hint: "`sessionsmith cleanup --dry-run --verbose` says what is odd about it.", details: { path, key } },
  );
}
