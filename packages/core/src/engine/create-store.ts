import { dirname } from "node:path";
import type { FileFact } from "../disk/read-fs.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import { cleanUpAfter } from "./clean-up-after.ts";
import type { EngineHost } from "./engine-host.ts";
import { removeFile } from "./lock-files.ts";
import { makeDirs } from "./make-dirs.ts";
import { makeOwnDir } from "./make-own-dir.ts";
import { addName } from "./move-name.ts";
import { newIndexTemp, ownDirOf, sweepNewIndexTemps } from "./new-index-temps.ts";
import { lookAtStore, operationError } from "./operation-error.ts";
import { stageFile } from "./stage-file.ts";

/**
 * Makes an empty store: the directory, and those above it that are missing, with mode 0700, and the index `{}` with mode 0600,
 * all for the owner of the nearest directory that is there. An index that somebody else makes meanwhile is left alone. What fails before
 * the index has its name leaves no directory behind.
 * @param indexPath absolute path of the index, whose directory is the sessions directory
 * @param onMade told as soon as the index has its name: what fails afterwards leaves the store
 * @throws StoreError E_REFUSED if that owner can't be given the files; E_IO
 */
export function createStore(
  host: Pick<EngineHost, "fs" | "ids">,
  indexPath: string,
  onMade: () => void = () => undefined,
): void {
  const missing = lookAtStore(() => missingDirs(host.fs, ownDirOf(indexPath)));
  try {
    const dir = makeDirs(host.fs, dirname(indexPath));
    nameIndex(host, indexPath, dir);
    onMade();
    sweepNewIndexTemps(host.fs, indexPath);
    host.fs.syncDir(dirname(indexPath));
  } catch (error) {
    throw operationError(
      cleanUpAfter(error, () => takeAway(host.fs, missing)),
      "untouched",
    );
  }
}

/** The directories on the way to `path` that are not there, and `path` if it is not, from the bottom. */
function missingDirs(fs: WriteFs, path: string): readonly string[] {
  return fs.stat(path) === undefined ? [path, ...missingDirs(fs, dirname(path))] : [];
}

/** Only what is empty goes: the first that somebody has put something into ends it. */
function takeAway(fs: WriteFs, dirs: readonly string[]): void {
  for (const dir of dirs) if (fs.lstat(dir) !== undefined) fs.removeDir(dir);
}

function nameIndex({ fs, ids }: Pick<EngineHost, "fs" | "ids">, indexPath: string, owner: FileFact): void {
  const temp = newIndexTemp(indexPath, ids.uuid());
  makeOwnDir(fs, ownDirOf(indexPath), owner);
  stageFile(fs, { path: temp, content: (take) => take(Buffer.from("{}", "utf8")), mode: 0o600, owner });
  try {
    addName(fs, temp, indexPath);
  } catch (error) {
    const rest = cleanUpAfter(error, () => removeFile(fs, temp));
    // Whatever went wrong, somebody else has made it.
    if (fs.lstat(indexPath) === undefined) throw rest;
  }
}
