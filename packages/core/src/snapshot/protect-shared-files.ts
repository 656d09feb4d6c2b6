import type { ReadFs } from "../disk/read-fs.ts";
import { readIndex } from "../session-index/read-index.ts";
import { type OtherIndex, protectFromOtherIndexes } from "./other-indexes.ts";
import { protectFiles } from "./reference-graph.ts";
import { readSiblingIndexes } from "./sibling-indexes.ts";
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
  const siblings = readSiblingIndexes(fs, snapshot);
  const others: OtherIndex[] = [...siblings.indexes];
  const unread: string[] = [...siblings.unreadable];
  for (const indexPath of new Set(otherIndexPaths)) {
    if (isOwnIndex(fs, snapshot, indexPath)) continue;
    const read = readIndex(fs, indexPath);
    if (read.state === "readable") others.push({ indexPath, document: read.document });
    if (read.state === "unreadable") unread.push(indexPath);
  }
  const graph = protectFiles(snapshot.references, protectFromOtherIndexes(fs, snapshot, others));
  return { ...snapshot, references: { ...graph, unread: [...graph.unread, ...unread] } };
}

function isOwnIndex(fs: ReadFs, { fingerprint, target }: StoreSnapshot, indexPath: string): boolean {
  if (indexPath === target.indexPath) return true;
  const fact = fs.stat(indexPath);
  return fact !== undefined && fact.dev === fingerprint.dev && fact.ino === fingerprint.ino;
}
