import type { FileFact, ReadFs } from "../disk/read-fs.ts";
import { errnoOf } from "../errno.ts";
import { readIndex } from "../session-index/read-index.ts";
import type { OtherIndex } from "./other-indexes.ts";
import { readSiblingIndexes } from "./sibling-indexes.ts";
import type { StoreSnapshot } from "./store-snapshot.ts";

/** The other indexes whose rows may have to do with a store. */
export interface OtherIndexes {
  readonly indexes: readonly OtherIndex[];
  /** Absolute paths of those that can't be read: what stands in them is not known. */
  readonly unread: readonly string[];
}

/**
 * Reads the indexes beside that of a store, and those of the other stores of the state directory. One that is absent is left out.
 * @param otherIndexPaths absolute paths of the indexes of the other stores; the snapshot's own is skipped
 */
export function readOtherIndexes(
  fs: ReadFs,
  snapshot: StoreSnapshot,
  otherIndexPaths: readonly string[],
): OtherIndexes {
  const siblings = readSiblingIndexes(fs, snapshot);
  const indexes: OtherIndex[] = [...siblings.indexes];
  const unread: string[] = [...siblings.unreadable];
  for (const indexPath of new Set(otherIndexPaths)) {
    const look = lookThrough(fs, indexPath);
    // Below a file there is nothing.
    if (look === "ENOTDIR" || isOwnIndex(snapshot, indexPath, look)) continue;
    const read = readIndex(fs, indexPath);
    if (read.state === "readable") indexes.push({ indexPath, document: read.document });
    if (read.state === "unreadable") unread.push(indexPath);
  }
  return { indexes, unread };
}

function isOwnIndex(
  { fingerprint, target }: StoreSnapshot,
  indexPath: string,
  look: FileFact | string | undefined,
): boolean {
  if (indexPath === target.indexPath) return true;
  return typeof look === "object" && look.dev === fingerprint.dev && look.ino === fingerprint.ino;
}

/** What a path leads to, or the errno of the failure to look. */
function lookThrough(fs: ReadFs, path: string): FileFact | string | undefined {
  try {
    return fs.stat(path);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    return errno;
  }
}
