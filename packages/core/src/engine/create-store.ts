import { basename, dirname, join } from "node:path";
import type { FileFact } from "../disk/read-fs.ts";
import { errnoOf } from "../errno.ts";
import { cleanUpAfter } from "./clean-up-after.ts";
import type { EngineHost } from "./engine-host.ts";
import { makeOwnDir } from "./make-own-dir.ts";
import { addName } from "./move-name.ts";
import { operationError } from "./operation-error.ts";
import { stageFile } from "./stage-file.ts";

/**
 * Makes an empty store: the directory, and those above it that are missing, with mode 0700, and the index `{}` with mode 0600,
 * all for the owner of the nearest directory that is there. An index that somebody else makes meanwhile is left alone.
 * @param indexPath absolute path of the index, whose directory is the sessions directory
 * @throws StoreError E_REFUSED if that owner can't be given the files; E_IO
 */
export function createStore(host: Pick<EngineHost, "fs" | "ids" | "processes">, indexPath: string): void {
  try {
    const dir = makeDirs(host, dirname(indexPath));
    makeIndex(host, indexPath, dir);
  } catch (error) {
    throw operationError(error, "untouched");
  }
}

/** Makes a directory and what is missing above it; returns what is known of it. */
function makeDirs(host: Pick<EngineHost, "fs">, path: string): FileFact {
  const { fs } = host;
  const present = fs.stat(path);
  if (present !== undefined) return present;
  const parent = makeDirs(host, dirname(path));
  try {
    makeOwnDir(fs, path, parent);
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") throw error;
  }
  const made = fs.stat(path);
  if (made === undefined) throw new Error(`${path} went away after it was made`);
  return made;
}

function makeIndex(
  { fs, ids, processes }: Pick<EngineHost, "fs" | "ids" | "processes">,
  indexPath: string,
  owner: FileFact,
): void {
  const dir = dirname(indexPath);
  const temp = join(dir, `${basename(indexPath)}.${processes.pid}.${ids.uuid()}.tmp`);
  stageFile(fs, { path: temp, content: (take) => take(Buffer.from("{}", "utf8")), mode: 0o600, owner });
  try {
    addName(fs, temp, indexPath);
  } catch (error) {
    const rest = cleanUpAfter(error, () => fs.unlink(temp));
    if (errnoOf(error) === "EEXIST") return;
    throw rest;
  }
  if (fs.lstat(temp) !== undefined) fs.unlink(temp);
  fs.syncDir(dir);
}
