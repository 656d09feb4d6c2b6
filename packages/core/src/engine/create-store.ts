import { dirname } from "node:path";
import type { FileFact } from "../disk/read-fs.ts";
import { cleanUpAfter } from "./clean-up-after.ts";
import type { EngineHost } from "./engine-host.ts";
import { removeFile } from "./lock-files.ts";
import { makeDirs } from "./make-dirs.ts";
import { makeOwnDir } from "./make-own-dir.ts";
import { addName } from "./move-name.ts";
import { newIndexTemp, sweepNewIndexTemps } from "./new-index-temps.ts";
import { operationError } from "./operation-error.ts";
import { stageFile } from "./stage-file.ts";

/**
 * Makes an empty store: the directory, and those above it that are missing, with mode 0700, and the index `{}` with mode 0600,
 * all for the owner of the nearest directory that is there. An index that somebody else makes meanwhile is left alone.
 * @param indexPath absolute path of the index, whose directory is the sessions directory
 * @throws StoreError E_REFUSED if that owner can't be given the files; E_IO
 */
export function createStore(host: Pick<EngineHost, "fs" | "ids">, indexPath: string): void {
  try {
    const dir = makeDirs(host.fs, dirname(indexPath));
    makeIndex(host, indexPath, dir);
  } catch (error) {
    throw operationError(error, "untouched");
  }
}

function makeIndex({ fs, ids }: Pick<EngineHost, "fs" | "ids">, indexPath: string, owner: FileFact): void {
  const temp = newIndexTemp(indexPath, ids.uuid());
  makeOwnDir(fs, dirname(temp), owner);
  stageFile(fs, { path: temp, content: (take) => take(Buffer.from("{}", "utf8")), mode: 0o600, owner });
  try {
    addName(fs, temp, indexPath);
  } catch (error) {
    const rest = cleanUpAfter(error, () => removeFile(fs, temp));
    // Whatever went wrong, somebody else has made it.
    if (fs.lstat(indexPath) === undefined) throw rest;
  }
  sweepNewIndexTemps(fs, indexPath);
  fs.syncDir(dirname(indexPath));
}
