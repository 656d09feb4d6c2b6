import { join } from "node:path";
import type { FileFact, ReadFs } from "../disk/read-fs.ts";
import { errnoOf } from "../errno.ts";
import { ownDirectoryName } from "../layout/contained-path.ts";
import { fileIdentityKey } from "./file-identity-key.ts";
import { lookAt, type SessionsDirectory } from "./sessions-directory.ts";
import type { StoreFile } from "./store-file.ts";

/** `.sessionsmith/operations/<id>/files/<file>` is four levels down. */
const deepestLevel = 4;

/**
 * A copy of a directory in which `nlink` does not count names under `.sessionsmith/`: a hard link that keeps a backup there is
 * no reason to distrust a file. That directory is only read if some file has more than one name; what can't be read there
 * is not taken off.
 */
export function discountOwnLinks(
  fs: ReadFs,
  realDir: string,
  directory: SessionsDirectory,
): SessionsDirectory {
  const linked: StoreFile[] = [];
  for (const file of directory.files.values())
    if (file.fact.kind === "file" && file.fact.nlink > 1) linked.push(file);
  if (linked.length === 0 || !directory.isListed(ownDirectoryName)) return directory;
  const own = new Map<string, number>();
  countLinks(fs, join(realDir, ownDirectoryName), { own, level: 1 });
  const files = new Map(directory.files);
  for (const file of linked) {
    const nlink = file.fact.nlink - (own.get(fileIdentityKey(file.fact)) ?? 0);
    files.set(file.name, { ...file, fact: withLinks(file.fact, nlink) });
  }
  return { ...directory, files };
}

/** Member by member: those of a fact that is held in a table are getters. */
function withLinks(fact: FileFact, nlink: number): FileFact {
  const { kind, dev, ino, size, mtimeNs, ctimeNs, mode, uid, gid } = fact;
  return { kind, dev, ino, size, mtimeNs, ctimeNs, mode, nlink, uid, gid };
}

function countLinks(
  fs: ReadFs,
  path: string,
  count: { readonly own: Map<string, number>; readonly level: number },
): void {
  for (const name of listOrNothing(fs, path)) {
    const below = join(path, name);
    const fact = lookAt(fs, below);
    if (typeof fact === "string") continue;
    const identity = fileIdentityKey(fact);
    if (fact.kind === "file") count.own.set(identity, (count.own.get(identity) ?? 0) + 1);
    if (fact.kind === "directory" && count.level < deepestLevel) {
      countLinks(fs, below, { own: count.own, level: count.level + 1 });
    }
  }
}

function listOrNothing(fs: ReadFs, path: string): readonly string[] {
  try {
    return fs.readdir(path) ?? [];
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return [];
  }
}
