import { lastRowsByKey } from "../session-index/find-row.ts";
import type { IndexDocument, IndexRow } from "../session-index/index-document.ts";

/** The rows of an index as every load of it sees them; nobody may change what is in here. */
export interface KnownRows {
  /** By session key, in file order, those that are not understood left out. */
  readonly understood: ReadonlyMap<string, IndexRow>;
  readonly notUnderstood: readonly string[];
}

/** One for each document, so that a read of an index that is in the cache costs the same however many rows there are. */
const known = new WeakMap<IndexDocument, KnownRows>();

/** Looks the rows of an index up, once. */
export function knownRows(document: IndexDocument): KnownRows {
  const found = known.get(document);
  if (found !== undefined) return found;
  const understood = new Map<string, IndexRow>();
  const notUnderstood: string[] = [];
  for (const [key, row] of lastRowsByKey(document)) {
    if (row.understood) understood.set(key, row);
    else notUnderstood.push(key);
  }
  const rows = { understood, notUnderstood };
  known.set(document, rows);
  return rows;
}
