import { dirname, join } from "node:path";
import type { WriteFs } from "@sessionsmith/core";
import type { MemoryFs } from "./memory-fs.ts";
import type { SpecialNode } from "./memory-node.ts";
import type { OtherProcess } from "./other-process.ts";

/** What is to be at each path below a directory: text or bytes of a file, or more about it. Parents are made as needed. */
export type TreeSpec = Readonly<Record<string, string | Uint8Array | FileSpec | DirectorySpec | OddSpec>>;

/** A file of which more is said than its content. */
export interface FileSpec extends Attributes {
  readonly content: string | Uint8Array;
}

/** A directory of which something is said, or that is empty. */
export interface DirectorySpec extends Attributes {
  readonly directory: true;
}

/** Mode (default 0o600, directories 0o700), owner, and, of a file, its time. */
export interface Attributes {
  readonly mode?: number;
  readonly owner?: readonly [uid: number, gid: number];
  readonly mtimeNs?: bigint;
}

/** A symbolic link with this text; a second name of the file at this path; or something that is not a file. */
export type OddSpec =
  | { readonly symlink: string }
  | { readonly hardLink: string }
  | { readonly special: SpecialNode["kind"] };

/** Puts a tree on the disk, as another process would: nothing is counted. Paths of hard links are relative to `dir` too. */
export function writeTree(fs: MemoryFs, dir: string, spec: TreeSpec): void {
  const other = fs.otherProcess();
  makeDirs(other, dir);
  for (const [name, item] of Object.entries(spec)) {
    const path = join(dir, name);
    makeDirs(other, dirname(path));
    if (typeof item === "string" || item instanceof Uint8Array) writeFile(other, path, { content: item });
    else if ("content" in item) writeFile(other, path, item);
    else if ("directory" in item) writeDirectory(other, path, item);
    else writeOdd(other, path, "hardLink" in item ? { hardLink: join(dir, item.hardLink) } : item);
  }
}

function writeFile(fs: WriteFs, path: string, { content, mode, owner, mtimeNs }: FileSpec): void {
  fs.createFile(path, mode ?? 0o600, (file) => {
    file.write(Buffer.from(content));
    if (owner !== undefined) file.setOwner(...owner);
    if (mtimeNs !== undefined) file.setMtime(mtimeNs);
  });
}

function writeDirectory(fs: WriteFs, path: string, { mode, owner }: DirectorySpec): void {
  makeDirs(fs, path);
  if (mode !== undefined) fs.setMode(path, mode);
  if (owner !== undefined) fs.setOwner(path, ...owner);
}

function writeOdd(fs: OtherProcess, path: string, item: OddSpec): void {
  if ("symlink" in item) fs.symlink(item.symlink, path);
  else if ("hardLink" in item) fs.link(item.hardLink, path);
  else fs.makeSpecial(path, item.special);
}

function makeDirs(fs: WriteFs, path: string): void {
  if (fs.lstat(path) !== undefined) return;
  makeDirs(fs, dirname(path));
  fs.makeDir(path, 0o700);
}
