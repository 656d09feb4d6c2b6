import { join } from "node:path";
import type { FileKind, ReadFs } from "@sessionsmith/core";

/** A regular file of a directory. */
export interface ListedFile {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/** Anything in a directory. */
export interface ListedEntry extends ListedFile {
  readonly kind: FileKind;
}

/** What is in a directory in name order, one after the other; nothing if there is no such directory. Links are not followed. */
export function* listEntries(fs: ReadFs, dir: string): Generator<ListedEntry, void> {
  for (const name of fs.readdir(dir) ?? []) {
    const path = join(dir, name);
    const kind = fs.lstat(path)?.kind;
    if (kind !== undefined) yield { name, path, kind };
  }
}

/** The regular files among them. */
export function* listFiles(fs: ReadFs, dir: string): Generator<ListedFile, void> {
  for (const { name, path, kind } of listEntries(fs, dir)) if (kind === "file") yield { name, path };
}

/** The names of the directories in a directory, in order. Links are left out. */
export function listDirs(fs: ReadFs, dir: string): readonly string[] {
  return (fs.readdir(dir) ?? []).filter((name) => fs.lstat(join(dir, name))?.kind === "directory");
}
