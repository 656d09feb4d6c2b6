import { join } from "node:path";
import { type Finding, finding, type ReadFs } from "@sessionsmith/core";

/** A regular file of a directory. */
export interface ListedFile {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/** The regular files of a directory in name order; none if there is no such directory. Links are left out. */
export function listFiles(fs: ReadFs, dir: string): readonly ListedFile[] {
  return listSessions(fs, dir).files;
}

/** The same, and findings for what has the name of a session but is no regular file: a link, for example, is not followed. */
export function listSessions(
  fs: ReadFs,
  dir: string,
): { readonly files: readonly ListedFile[]; readonly findings: readonly Finding[] } {
  const files: ListedFile[] = [];
  const findings: Finding[] = [];
  for (const name of fs.readdir(dir) ?? []) {
    const path = join(dir, name);
    const kind = fs.lstat(path)?.kind;
    if (kind === "file") files.push({ name, path });
    else if (kind !== undefined && /\.jsonl?$/.test(name))
      findings.push(
        finding("legacy-unreadable", { path }, { problem: `it is a ${kind} and no regular file` }),
      );
  }
  return { files, findings };
}

/** The names of the directories in a directory, in order. Links are left out. */
export function listDirs(fs: ReadFs, dir: string): readonly string[] {
  return (fs.readdir(dir) ?? []).filter((name) => fs.lstat(join(dir, name))?.kind === "directory");
}
