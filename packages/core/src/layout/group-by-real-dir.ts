import type { ReadFs } from "../disk/read-fs.ts";
import { errnoOf } from "../errno.ts";
import type { StoreTarget } from "./store-target.ts";

/**
 * Groups targets by their sessions directory with every symbolic link resolved: stores of one group share a lock and their
 * transcripts. A directory that is not there, or that can't be looked at, goes by its name; reading its store tells which it is.
 */
export function groupByRealDir(
  fs: ReadFs,
  targets: readonly StoreTarget[],
): ReadonlyMap<string, readonly StoreTarget[]> {
  const groups = new Map<string, StoreTarget[]>();
  for (const target of targets) {
    const directory = realDirOf(fs, target.sessionsDir);
    const group = groups.get(directory);
    if (group === undefined) groups.set(directory, [target]);
    else group.push(target);
  }
  return groups;
}

function realDirOf(fs: ReadFs, directory: string): string {
  try {
    return fs.realpath(directory) ?? directory;
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return directory;
  }
}
