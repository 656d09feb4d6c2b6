import { join } from "node:path";
import { type FileFact, type Finding, finding, type ReadFs } from "@sessionsmith/core";

/** A regular file of a directory. */
export interface ListedFile {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly fact: FileFact;
}

/** The regular files of a directory in name order; none if there is no such directory. Links are left out. */
export function listFiles(fs: ReadFs, dir: string): readonly ListedFile[] {
  return (fs.readdir(dir) ?? []).flatMap((name) => {
    const path = join(dir, name);
    const fact = fs.lstat(path);
    return fact?.kind === "file" ? [{ name, path, fact }] : [];
  });
}

/** The names of the directories in a directory, in order. Links are left out. */
export function listDirs(fs: ReadFs, dir: string): readonly string[] {
  return (fs.readdir(dir) ?? []).filter((name) => fs.lstat(join(dir, name))?.kind === "directory");
}

/** Findings for what has the name of a session but is no regular file: a link, for example, is not followed. */
export function oddSessions(fs: ReadFs, dir: string): readonly Finding[] {
  const names = (fs.readdir(dir) ?? []).filter((name) => /\.jsonl?$/.test(name));
  return names.flatMap((name) => {
    const path = join(dir, name);
    const kind = fs.lstat(path)?.kind;
    if (kind === undefined || kind === "file") return [];
    return [finding("legacy-unreadable", { path }, { problem: `it is a ${kind} and no regular file` })];
  });
}
