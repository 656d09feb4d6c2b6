import { type FileClass, openStorePlace, type ReadFs, readSessionsDirectory } from "@sessionsmith/core";
import { basename } from "node:path";
import type { StoreReading } from "../read-stores.ts";

/** Bytes of the regular files that lie directly in the sessions directories, by what their names say they are. */
export interface DirectoryBytes {
  readonly total: number;
  readonly index: number;
  readonly transcripts: number;
  readonly archives: number;
  /** Checkpoints, trajectories, backups and whatever else belongs to a transcript or an index. */
  readonly sidecars: number;
  /** Files that the format does not know. */
  readonly other: number;
}

type Class = Exclude<keyof DirectoryBytes, "total">;

const classOf: Readonly<Partial<Record<FileClass["kind"], Class>>> = {
  transcript: "transcripts",
  archive: "archives",
  foreign: "other",
};

/** Adds up the sizes, each directory once. What can't be looked at is not counted. */
export function directoryBytes(fs: ReadFs, stores: readonly StoreReading[]): DirectoryBytes {
  const bytes = { total: 0, index: 0, transcripts: 0, archives: 0, sidecars: 0, other: 0 };
  const add = (kind: Class, size: number): void => {
    bytes[kind] += size;
    bytes.total += size;
  };
  const indexes = new Set<string>();
  const directories = new Set<string>();
  for (const { target, document } of stores) {
    if (document === undefined) continue;
    const place = openStorePlace(fs, target);
    const index = fs.lstat(target.indexPath);
    if (index?.kind === "file" && indexes.size !== indexes.add(target.indexPath).size)
      add("index", index.size);
    if (directories.size === directories.add(place.realDir).size) continue;
    for (const { name, fact, nameClass } of readSessionsDirectory(fs, place)?.files.values() ?? []) {
      const isIndex = stores.some((store) => basename(store.target.indexPath) === name);
      if (fact.kind === "file" && !isIndex) add(classOf[nameClass.kind] ?? "sidecars", fact.size);
    }
  }
  return bytes;
}
