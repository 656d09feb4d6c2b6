import { basename, join } from "node:path";
import type { FileFact, ReadFs } from "../disk/read-fs.ts";
import { errnoOf } from "../errno.ts";
import { fileIdentityKey } from "./file-identity-key.ts";
import type { StoreFile } from "./store-file.ts";

/** Which names of a sessions directory are one file: hard links, symbolic links and what they point at. */
export interface FileAliases {
  /** False if every file has one name: nothing need be looked up then. */
  readonly any: boolean;
  /** The names of the file that `name` is, itself included. */
  of(name: string): readonly string[];
  /** The names of the file at a path anywhere, links followed; none if it is not in the directory. */
  at(path: string): readonly string[];
}

/** Prepares the lookups. The disk is only asked about links, and about the paths that `at` is called with. */
export function findFileAliases(
  fs: ReadFs,
  realDir: string,
  files: ReadonlyMap<string, StoreFile>,
): FileAliases {
  const identify = (file: StoreFile) =>
    file.fact.kind === "symlink"
      ? linkIdentity(fs, join(realDir, file.name), files)
      : fileIdentityKey(file.fact);
  const mayHaveAliases = hasAliases(files.values());
  let groups: ReadonlyMap<string, readonly string[]> | undefined;
  const group = (identity: string | undefined) => {
    groups ??= groupByIdentity(files.values(), identify);
    return (identity === undefined ? undefined : groups.get(identity)) ?? [];
  };
  return {
    any: mayHaveAliases,
    of: (name) => {
      const file = mayHaveAliases ? files.get(name) : undefined;
      const names = file === undefined ? [] : group(identify(file));
      return names.length === 0 ? [name] : names;
    },
    at: (path) => {
      const look = follow(fs, path);
      if (look === "absent") return [];
      if (look !== "unknown") return group(fileIdentityKey(look));
      return files.has(basename(path)) ? [basename(path)] : [];
    },
  };
}

function hasAliases(files: Iterable<StoreFile>): boolean {
  for (const { fact } of files) if (fact.kind === "symlink" || fact.nlink > 1) return true;
  return false;
}

function groupByIdentity(
  files: Iterable<StoreFile>,
  identify: (file: StoreFile) => string | undefined,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const identity = identify(file);
    if (identity === undefined) continue;
    const names = groups.get(identity);
    if (names === undefined) groups.set(identity, [file.name]);
    else names.push(file.name);
  }
  return groups;
}

/** What a link of the directory leads to; if that can't be looked at, the file that has the target's name here. */
function linkIdentity(fs: ReadFs, path: string, files: ReadonlyMap<string, StoreFile>): string | undefined {
  const look = follow(fs, path);
  if (look === "absent") return undefined;
  if (look !== "unknown") return fileIdentityKey(look);
  const target = files.get(basename(readLinkTarget(fs, path) ?? ""));
  return target === undefined ? undefined : fileIdentityKey(target.fact);
}

function follow(fs: ReadFs, path: string): FileFact | "absent" | "unknown" {
  try {
    return fs.stat(path) ?? "absent";
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return "unknown";
  }
}

function readLinkTarget(fs: ReadFs, path: string): string | undefined {
  try {
    return fs.readlink(path);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  }
}
