import { errnoOf, lookOrFail, noStore, openStorePlace } from "@sessionsmith/core";
import type { Host, StoreTarget } from "@sessionsmith/core";
import type { ChosenStores } from "./choose-stores.ts";

/** The sessions directory of a chosen store. */
export interface StoreDir {
  readonly target: StoreTarget;
  /** With links resolved. */
  readonly realDir: string;
}

/**
 * The sessions directories of the chosen stores, each once. One that is not there is left out among several.
 * @throws StoreError E_NOT_FOUND if there is none at all; E_IO if one can't be looked at
 */
export function openStoreDirs({
  host,
  targets,
}: Pick<ChosenStores, "host" | "targets">): readonly StoreDir[] {
  const dirs = new Map<string, StoreDir>();
  for (const target of targets) {
    if (!isThere(host, target)) continue;
    const { realDir } = openStorePlace(host.fs, target);
    if (!dirs.has(realDir)) dirs.set(realDir, { target, realDir });
  }
  const [first] = targets;
  if (dirs.size === 0 && first !== undefined) throw noStore(first.indexPath);
  return [...dirs.values()];
}

/** Below a file there is nothing. */
function isThere({ fs }: Host, { sessionsDir }: StoreTarget): boolean {
  return lookOrFail("E_IO", sessionsDir, () => {
    try {
      return fs.stat(sessionsDir) !== undefined;
    } catch (error) {
      if (errnoOf(error) === "ENOTDIR") return false;
      throw error;
    }
  });
}
