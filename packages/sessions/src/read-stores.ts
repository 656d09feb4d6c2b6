import {
  type Host,
  type IndexDocument,
  isStoreError,
  noStore,
  openStorePlace,
  readEra,
  readIndex,
  readSessionsDirectory,
  readStoreIndex,
  type StoreError,
  type StoreTarget,
} from "@sessionsmith/core";

/** A store that was asked for: its index, or why there is none. */
export interface StoreReading {
  readonly target: StoreTarget;
  /** Undefined if the index could not be read, and for an agent that has no store yet. */
  readonly document: IndexDocument | undefined;
  readonly error: StoreError | undefined;
}

/**
 * Reads the index of every target, each file once.
 * With `allAgents`, a configured agent without a store is an empty store. A single store that can't be read throws
 * (E_NOT_FOUND, E_CORRUPT_INDEX, E_SQLITE_ERA, E_IO); one among several carries its error instead.
 */
export function readStores(
  host: Host,
  targets: readonly StoreTarget[],
  { allAgents }: { readonly allAgents: boolean },
): readonly StoreReading[] {
  const documents = new Map<string, IndexDocument>();
  return targets.map((target) => {
    try {
      const document = documents.get(target.indexPath) ?? readDocument(host, target);
      documents.set(target.indexPath, document);
      return { target, document, error: undefined };
    } catch (error) {
      if (!isStoreError(error)) throw error;
      const isEmpty = allAgents && error.code === "E_NOT_FOUND" && target.origin === "configured";
      if (isEmpty) return { target, document: undefined, error: undefined };
      if (targets.length === 1) throw error;
      return { target, document: undefined, error };
    }
  });
}

/** The directory is listed only if there is no readable index: its files tell an absent store from a damaged one. */
function readDocument({ fs }: Host, target: StoreTarget): IndexDocument {
  const index = readIndex(fs, target.indexPath);
  if (index.state === "readable") return index.document;
  const place = openStorePlace(fs, target);
  const directory = readSessionsDirectory(fs, place);
  if (directory === undefined) throw noStore(target.indexPath);
  return readStoreIndex(fs, place, { era: readEra(fs, target), directory }).document;
}
