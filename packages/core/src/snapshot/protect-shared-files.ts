import type { ReadFs } from "../disk/read-fs.ts";
import { protectFromOtherIndexes } from "./other-indexes.ts";
import { readOtherIndexes } from "./read-other-indexes.ts";
import { protectFiles } from "./reference-graph.ts";
import type { StoreSnapshot } from "./store-snapshot.ts";

/**
 * Adds to a snapshot what the rows of other indexes protect (docs/invariants.md I6): those beside its index, and those of
 * the other stores of the state directory. One that is absent references nothing; one that can't be read is noted, and then
 * no file may leave. Necessary before a plan that moves files.
 * @param otherIndexPaths absolute paths of the indexes of the other stores; the snapshot's own is skipped
 */
export function protectSharedFiles(
  fs: ReadFs,
  snapshot: StoreSnapshot,
  otherIndexPaths: readonly string[],
): StoreSnapshot {
  const { indexes, unread } = readOtherIndexes(fs, snapshot, otherIndexPaths);
  const graph = protectFiles(snapshot.references, protectFromOtherIndexes(fs, snapshot, indexes));
  return { ...snapshot, references: { ...graph, unread: [...graph.unread, ...unread] } };
}
