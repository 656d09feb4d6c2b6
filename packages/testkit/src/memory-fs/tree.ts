import type { FileKind, ReadFs } from "@sessionsmith/core";

/** What is at one path. */
export interface TreeEntry {
  readonly kind: FileKind;
  readonly mode: number;
  readonly mtimeNs: bigint;
  readonly ino: bigint;
  readonly nlink: number;
  /** Of a regular file. */
  readonly bytes?: Buffer;
  /** Of a symbolic link. */
  readonly target?: string;
}

/**
 * Everything below `dir`, by path relative to it, sorted within each directory; for comparisons.
 * @throws if something vanishes meanwhile
 */
export function tree(fs: ReadFs, dir: string): Map<string, TreeEntry> {
  const entries = new Map<string, TreeEntry>();
  const visit = (path: string, below: string) => {
    for (const name of present(fs.readdir(path), path)) {
      const entry = entryAt(fs, `${path}/${name}`);
      entries.set(`${below}${name}`, entry);
      if (entry.kind === "directory") visit(`${path}/${name}`, `${below}${name}/`);
    }
  };
  visit(dir, "");
  return entries;
}

function entryAt(fs: ReadFs, path: string): TreeEntry {
  const { kind, mode, mtimeNs, ino, nlink } = present(fs.lstat(path), path);
  const entry = { kind, mode, mtimeNs, ino, nlink };
  if (kind === "file") return { ...entry, bytes: bytesAt(fs, path) };
  return kind === "symlink" ? { ...entry, target: present(fs.readlink(path), path) } : entry;
}

function bytesAt(fs: ReadFs, path: string): Buffer {
  const bytes = fs.withFile(path, (file) => {
    const buffer = Buffer.alloc(file.fact.size);
    return buffer.subarray(0, file.read(buffer, 0));
  });
  return present(bytes, path);
}

function present<T>(value: T | undefined, path: string): T {
  if (value === undefined) throw new Error(`${path} is gone`);
  return value;
}
