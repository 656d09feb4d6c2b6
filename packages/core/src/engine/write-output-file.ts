import { dirname } from "node:path";
import { errnoOf } from "../errno.ts";
import { StoreError } from "../store-error.ts";
import { belongsToStore, isInOwnDirectory } from "./belongs-to-store.ts";
import { cleanUpAfter } from "./clean-up-after.ts";
import type { EngineHost } from "./engine-host.ts";
import { addName } from "./move-name.ts";
import { operationError } from "./operation-error.ts";
import { writeFully } from "./write-fully.ts";
import { unlinkIfThere } from "./unlink-if-there.ts";

/** A file to write. */
export interface OutputFile {
  /** All of it, or a function that hands it over piece by piece. What the function throws ends the work, and nothing stays. */
  readonly bytes: Uint8Array | ((take: (piece: Uint8Array) => void) => void);
  /** True if it may take the place of a regular file, but for one of a store. */
  readonly force: boolean;
}

/**
 * Writes a file that the operator named, with mode 0600: complete and synced under a temporary name beside it first. It never
 * goes through a symbolic link, over an existing file only with `force`, never over one of a store, and never into our own directory. On any error nothing of it stays.
 * @param path absolute
 * @throws StoreError E_REFUSED if the name is taken or lies in our own directory; E_NOT_FOUND if its directory is not there; E_IO
 */
export function writeOutputFile(
  host: Pick<EngineHost, "fs" | "ids">,
  path: string,
  output: OutputFile,
): void {
  try {
    requireOutputPath(host, path, output.force);
    publish(host, path, output);
  } catch (error) {
    if (errnoOf(error) === "EEXIST") throw nameTaken(path, true);
    throw operationError(error, "untouched");
  }
}

/**
 * Checks before any work that a file may be written there.
 * @param path absolute
 * @throws StoreError E_REFUSED if the name is taken or lies in our own directory; E_NOT_FOUND if its directory is not there
 */
export function requireOutputPath({ fs }: Pick<EngineHost, "fs">, path: string, force: boolean): void {
  if (isInOwnDirectory(fs, path)) throw inOwnDirectory(path);
  const fact = fs.lstat(path);
  if (fact !== undefined && !(force && fact.kind === "file")) throw nameTaken(path, fact.kind === "file");
  if (fact !== undefined && belongsToStore(fs, path)) throw fileOfStore(path);
  if (fs.stat(dirname(path))?.kind === "directory") return;
  throw new StoreError("E_NOT_FOUND", `There is no directory ${dirname(path)}. Nothing was written.`, {
    hint: "Make it first, or name another file.",
    details: { path },
  });
}

function publish(
  { fs, ids }: Pick<EngineHost, "fs" | "ids">,
  path: string,
  { bytes, force }: OutputFile,
): void {
  const temp = `${path}.${ids.uuid()}.tmp`;
  let created = false;
  try {
    fs.createFile(temp, 0o600, (file) => {
      created = true;
      if (bytes instanceof Uint8Array) writeFully(file, bytes);
      else bytes((piece) => writeFully(file, piece));
      file.sync();
    });
    if (force) fs.rename(temp, path);
    else addName(fs, temp, path);
    dropTemp();
    fs.syncDir(dirname(path));
  } catch (error) {
    throw created ? cleanUpAfter(error, dropTemp) : error;
  }

  function dropTemp(): void {
    unlinkIfThere(fs, temp);
  }
}

/** The error for an output that would take the place of a file of a store. */
export function fileOfStore(path: string): StoreError {
  return new StoreError("E_REFUSED", `${path} is a file of a store, or its settings. Nothing was written.`, {
    hint: "Name a file outside the sessions directory; no option lets an output replace this one.",
    details: { path },
  });
}

/** The error for an output that would lie in our own directory. */
export function inOwnDirectory(path: string): StoreError {
  return new StoreError(
    "E_REFUSED",
    `${path} lies in the directory where sessionsmith keeps its own records. Nothing was written.`,
    { hint: "Name a file outside every .sessionsmith directory.", details: { path } },
  );
}

function nameTaken(path: string, isFile: boolean): StoreError {
  return new StoreError("E_REFUSED", `${path} exists already. Nothing was written.`, {
    hint: isFile ? "Name another file, or add --force." : "It is no regular file: name another one.",
    details: { path },
  });
}
