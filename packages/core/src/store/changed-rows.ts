import { lastRowsByKey } from "../session-index/find-row.ts";
import type { IndexDocument, IndexRow } from "../session-index/index-document.ts";
import type { FieldChanges, IndexChange, NewRow } from "../session-index/index-edits.ts";
import { fieldChanges } from "./field-changes.ts";
import { jsonCopyOfObject } from "./json-copy.ts";
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

/** The rows of an index, and over them what a caller does: what nobody has touched costs nothing. */
export interface ChangedRows {
  readonly size: () => number;
  readonly has: (key: string) => boolean;
  readonly get: (key: string) => StoredEntry | undefined;
  readonly set: (key: string, entry: StoredEntry) => void;
  readonly delete: (key: string) => boolean;
  /** In the order of the index, added ones last. */
  readonly keys: () => IterableIterator<string>;
  /** Compares the rows with what was read. @throws TypeError for a value that JSON can't carry */
  readonly change: () => SessionsChange;
  /** Takes an index that was written from these rows for what the changed ones were read from. */
  readonly wasSaved: (change: SessionsChange, saved: IndexDocument) => void;
}

/** Lays a caller's changes over the rows of an index, which stay as they are. */
export function changedRows(document: IndexDocument, known: ReadonlyMap<string, IndexRow>): ChangedRows {
  /** Rows in their place that were asked for or replaced. */
  const asked = new Map<string, StoredEntry>();
  /** Rows that are not in their place any more. */
  const removed = new Set<string>();
  const added = new Map<string, StoredEntry>();
  /** What rows were saved as, undefined if they were taken out, where that is not what they were read as. */
  const saved = new Map<string, BaseRow | undefined>();
  const isInPlace = (key: string) => known.has(key) && !removed.has(key);
  const has = (key: string) => isInPlace(key) || added.has(key);
  const baseOf = (key: string): BaseRow | undefined => {
    const row = known.get(key);
    return saved.has(key) || row === undefined ? saved.get(key) : { document, row };
  };
  const get = (key: string): StoredEntry | undefined => {
    const touched = isInPlace(key) ? asked.get(key) : added.get(key);
    const base = touched === undefined && isInPlace(key) ? baseOf(key) : undefined;
    if (base === undefined) return touched;
    const entry = parseBase(base);
    asked.set(key, entry);
    return entry;
  };
  return {
    size: () => known.size - removed.size + added.size,
    has,
    get,
    set: (key, entry) => {
      (isInPlace(key) ? asked : added).set(key, entry);
    },
    delete: (key) => {
      if (!isInPlace(key)) return added.delete(key);
      asked.delete(key);
      removed.add(key);
      return true;
    },
    *keys() {
      for (const key of known.keys()) if (!removed.has(key)) yield key;
      yield* added.keys();
    },
    change: () => {
      const gone = [...removed, ...saved.keys()].filter((key) => !has(key));
      return changeOf([...asked, ...added], new Set(gone), baseOf);
    },
    wasSaved: ({ remove, replace, insert }, index) => {
      const rows = lastRowsByKey(index);
      for (const key of remove) saved.set(key, undefined);
      for (const key of [...replace.keys(), ...insert.map((one) => one.key)]) {
        const row = rows.get(key);
        if (row !== undefined) saved.set(key, { document: index, row });
      }
    },
  };
}

function changeOf(
  present: readonly (readonly [key: string, entry: StoredEntry])[],
  gone: ReadonlySet<string>,
  baseOf: (key: string) => BaseRow | undefined,
): SessionsChange {
  const replace = new Map<string, FieldChanges>();
  const insert: NewRow[] = [];
  const bases = new Map<string, BaseRow>();
  for (const [key, entry] of present) {
    const value = jsonCopyOfObject(entry, key);
    const base = baseOf(key);
    if (base === undefined) insert.push({ key, value });
    else {
      const changes = fieldChanges(parseBase(base), value);
      if (changes.size === 0) continue;
      replace.set(key, changes);
      bases.set(key, base);
    }
  }
  const remove = new Set<string>();
  for (const key of gone) {
    const base = baseOf(key);
    if (base === undefined) continue;
    remove.add(key);
    bases.set(key, base);
  }
  return { remove, replace, insert, bases };
}

function parseBase({ document, row }: BaseRow): StoredEntry {
  const { start, end } = row.valueRange;
  const value: unknown = JSON.parse(document.bytes.toString("utf8", start, end));
  if (!isStoredEntry(value)) throw new TypeError(`the row at byte ${start} is understood, but no object`);
  return value;
}
