import { basename, dirname } from "node:path";
import type { ReadFs } from "../disk/read-fs.ts";
import { errnoOf } from "../errno.ts";
import type { SessionsPlace } from "../layout/contained-path.ts";
import { lookOrFail } from "../layout/disk-error.ts";
import type { StoreTarget } from "../layout/store-target.ts";
import { StoreError } from "../store-error.ts";

/** A sessions directory that is there. */
export interface StorePlace extends SessionsPlace {
  /** What a directory that a row names is. The disk is asked once for each. */
  readonly whatIs: (directory: string) => NamedDirectory;
}

/** The sessions directory under another name (a link on the way), a directory that is not there, or any other. */
export type NamedDirectory = "sessions-directory" | "absent" | "elsewhere";

/**
 * Finds the sessions directory of a target. Throws E_NOT_FOUND if there is none, E_IO if it can't be looked at.
 */
export function openStorePlace(fs: ReadFs, target: StoreTarget): StorePlace {
  const { sessionsDir, indexPath } = target;
  const realDir = lookOrFail("E_IO", sessionsDir, () => fs.realpath(sessionsDir));
  if (realDir === undefined) throw noStore(indexPath);
  return { sessionsDir, realDir, indexName: basename(indexPath), whatIs: directoryLookup(fs, realDir) };
}

/** The error for a place where there is no store. */
export function noStore(indexPath: string): StoreError {
  return new StoreError("E_NOT_FOUND", `There is no session store at ${indexPath}.`, {
    hint: `Check the path; the index and its transcripts are expected in ${dirname(indexPath)}.`,
    details: { path: indexPath, errno: "ENOENT" },
  });
}

function directoryLookup(fs: ReadFs, realDir: string): (directory: string) => NamedDirectory {
  const answers = new Map<string, NamedDirectory>();
  return (directory) => {
    const known = answers.get(directory);
    if (known !== undefined) return known;
    const answer = whatIs(fs, directory, realDir);
    answers.set(directory, answer);
    return answer;
  };
}

/** A directory that can't be looked at is somewhere else: its files stay candidates by their names. */
function whatIs(fs: ReadFs, directory: string, realDir: string): NamedDirectory {
  try {
    const real = fs.realpath(directory);
    if (real === undefined) return "absent";
    return real === realDir ? "sessions-directory" : "elsewhere";
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return "elsewhere";
  }
}
