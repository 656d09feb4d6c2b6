import { dirname, join } from "node:path";
import { errnoOf } from "../errno.ts";
import { StoreError } from "../store-error.ts";
import { isInOwnDirectory } from "./belongs-to-store.ts";
import { cleanUpAfter } from "./clean-up-after.ts";
import type { EngineHost } from "./engine-host.ts";
import { operationError } from "./operation-error.ts";
import { inOwnDirectory } from "./write-output-file.ts";
import { writeFully } from "./write-fully.ts";
import { unlinkIfThere } from "./unlink-if-there.ts";

/** A directory with files, to be written at once. */
export interface OutputDir {
  /** Absolute path of a directory that is there, and that the new one stays in. */
  readonly root: string;
  /** The names that lead from it to the new directory; what is missing on the way is made. None of them is a link. */
  readonly names: readonly string[];
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/**
 * Writes a directory that did not exist, with mode 0700 and its files with 0600: complete and synced under a temporary name beside it
 * first. On any error nothing of it stays but the directories on the way to it.
 * @returns its absolute path
 * @throws StoreError E_REFUSED if the name is taken or lies in our own directory, or a link is on the way; E_NOT_FOUND if the root is not there; E_IO
 */
export function writeOutputDir(
  host: Pick<EngineHost, "fs" | "ids">,
  { root, names, files }: OutputDir,
): string {
  const { fs, ids } = host;
  const path = join(root, ...names);
  const temp = `${path}.${ids.uuid()}.tmp`;
  let made: string | undefined;
  try {
    if (isInOwnDirectory(fs, path)) throw inOwnDirectory(path);
    if (fs.stat(root)?.kind !== "directory")
      throw new StoreError("E_NOT_FOUND", `There is no directory ${root}. Nothing was written.`, {
        details: { path: root },
      });
    makeParents(host, root, names);
    if (fs.lstat(path) !== undefined) throw taken(path);
    fs.makeDir(temp, 0o700);
    made = temp;
    for (const { name, bytes } of files)
      fs.createFile(join(temp, name), 0o600, (file) => {
        writeFully(file, bytes);
        file.sync();
      });
    fs.syncDir(temp);
    fs.rename(temp, path);
    made = path;
    fs.syncDir(dirname(path));
    return path;
  } catch (error) {
    const left = made;
    const cause = left === undefined ? error : cleanUpAfter(error, () => removeMade(host, left, files));
    throw ["EEXIST", "ENOTEMPTY"].includes(errnoOf(cause) ?? "")
      ? taken(path)
      : operationError(cause, "untouched");
  }
}

/** A directory on the way may be there; a link or a file may not. */
function makeParents({ fs }: Pick<EngineHost, "fs">, root: string, names: readonly string[]): void {
  let at = root;
  for (const name of names.slice(0, -1)) {
    const next = join(at, name);
    const fact = fs.lstat(next);
    if (fact === undefined) {
      fs.makeDir(next, 0o700);
      fs.syncDir(at);
    } else if (fact.kind !== "directory")
      throw new StoreError("E_REFUSED", `${next} is a ${fact.kind}, not a directory. Nothing was written.`, {
        hint: "No link is followed there.",
        details: { path: next },
      });
    at = next;
  }
}

function removeMade({ fs }: Pick<EngineHost, "fs">, dir: string, files: OutputDir["files"]): void {
  for (const { name } of files) unlinkIfThere(fs, join(dir, name));
  fs.removeDir(dir);
}

function taken(path: string): StoreError {
  return new StoreError("E_REFUSED", `${path} exists already. Nothing was written.`, {
    hint: "Name another directory.",
    details: { path },
  });
}
