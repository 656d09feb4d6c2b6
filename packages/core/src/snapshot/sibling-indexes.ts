import { join } from "node:path";
import type { ReadFs } from "../disk/read-fs.ts";
import { readIndex } from "../session-index/read-index.ts";
import type { OtherIndex } from "./other-indexes.ts";
import type { StoreFile } from "./store-file.ts";
import type { StoreSnapshot } from "./store-snapshot.ts";

/** What else in a sessions directory may be an index. */
export interface SiblingIndexes {
  /** Every further `*.json` of which some row holds a `sessionId`; for `protectFromOtherIndexes`. */
  readonly indexes: readonly OtherIndex[];
  /** Absolute paths of those that can't be read: what they reference is not known, so no file may be taken away. */
  readonly unreadable: readonly string[];
}

/** Reads the other indexes that share the sessions directory of a store. */
export function readSiblingIndexes(fs: ReadFs, { realDir, files }: StoreSnapshot): SiblingIndexes {
  const indexes: OtherIndex[] = [];
  const unreadable: string[] = [];
  for (const file of files.values()) {
    if (!mayBeIndex(file)) continue;
    const indexPath = join(realDir, file.name);
    const read = readIndex(fs, indexPath);
    if (read.state === "unreadable") unreadable.push(indexPath);
    if (read.state !== "readable" || !read.document.rows.some((row) => row.sessionId !== undefined)) continue;
    indexes.push({ indexPath, document: read.document });
  }
  return { indexes, unreadable };
}

/** A symbolic link counts: it is not followed, so that it comes out as unreadable. */
function mayBeIndex({ name, fact, nameClass }: StoreFile): boolean {
  return (
    nameClass.kind === "foreign" &&
    name.endsWith(".json") &&
    (fact.kind === "file" || fact.kind === "symlink")
  );
}
