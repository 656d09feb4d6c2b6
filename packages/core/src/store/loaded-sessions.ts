import type { StoreEra } from "../layout/era.ts";
import type { StoredEntry } from "./stored-entry.ts";

/**
 * The sessions of a store as they were at one moment: a map of the caller's own, to be read and changed at will.
 * A change reaches the store with `save`, or at the end of an `update`. Rows are parsed when they are asked for.
 */
export interface LoadedSessions extends Iterable<[key: string, entry: StoredEntry]> {
  /** Where the store keeps its sessions now; of `mixed` the database has the newer ones, and nothing can be saved. */
  readonly era: StoreEra;
  /** How many rows there are, those that are not understood left out. */
  readonly size: number;
  /**
   * Session keys of rows that are kept as they are and can be neither read nor changed here: too deep, a key that stands
   * there twice, a number that JavaScript can't hold, … The findings of `sessionsmith cleanup --dry-run --verbose` say why.
   */
  readonly notUnderstood: ReadonlySet<string>;
  /** Tells whether there is a row, understood or not. */
  has(key: string): boolean;
  /** The row of a session key, which may be changed in place. @throws StoreError E_REFUSED if it is not understood */
  get(key: string): StoredEntry | undefined;
  /** Adds or replaces a row. Fields that stay the same keep their bytes. @throws StoreError E_REFUSED as `get` */
  set(key: string, entry: StoredEntry): void;
  /** Takes a row out. Its transcript stays. @returns false if there was none @throws StoreError E_REFUSED as `get` */
  delete(key: string): boolean;
  /** Session keys in the order of the store, new ones last; those that are not understood left out. */
  keys(): IterableIterator<string>;
}
