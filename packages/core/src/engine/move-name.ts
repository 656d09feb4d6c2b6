import type { FileFact } from "../disk/read-fs.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import { errnoOf } from "../errno.ts";

/** Errors by which a file system says that it has no hard links. */
const noLinksErrnos: ReadonlySet<string | undefined> = new Set([
  "EPERM",
  "ENOTSUP",
  "EOPNOTSUPP",
  "ENOSYS",
  "EMLINK",
]);

/**
 * First half of a move that never overwrites: gives the file at `from` the name `to` as well.
 * Where there are no hard links it renames, after a look that the name is free. Does nothing if `to` is that file already.
 * @throws Node's error; EEXIST if another file has the name
 */
export function addName(fs: WriteFs, from: string, to: string): void {
  try {
    fs.link(from, to);
  } catch (error) {
    const source = fs.lstat(from);
    const target = fs.lstat(to);
    if (target !== undefined && (source === undefined || isSameFile(source, target))) return;
    if (!saysNoLinks(error) || target !== undefined) throw error;
    fs.rename(from, to);
  }
}

/** Second half: takes the old name away, but only while the file has the new one too. Tells whether the move is complete. */
export function dropName(fs: WriteFs, from: string, to: string): boolean {
  const source = fs.lstat(from);
  const target = fs.lstat(to);
  if (target === undefined) return false;
  if (source === undefined) return true;
  if (!isSameFile(source, target)) return false;
  fs.unlink(from);
  return true;
}

/** Takes {@link addName} back. */
export function takeBackName(fs: WriteFs, from: string, to: string): void {
  if (dropName(fs, to, from)) return;
  const target = fs.lstat(to);
  // Without hard links the file was renamed. Where there are some, a file that lost its old name to somebody else and has
  // only the new one gets the old one back as well: it is nowhere else.
  if (target?.nlink === 1 && fs.lstat(from) === undefined) fs.rename(to, from);
}

/** Tells whether two names lead to one file. */
export function isSameFile(a: FileFact, b: FileFact): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

/** Tells whether an error says that the file system has no hard links, or not for this file. */
export function saysNoLinks(error: unknown): boolean {
  return noLinksErrnos.has(errnoOf(error));
}
