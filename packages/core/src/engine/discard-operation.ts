import { dirname } from "node:path";
import type { WriteFs } from "../disk/write-fs.ts";
import type { OperationPaths } from "./operation-paths.ts";
import { unlinkIfThere } from "./unlink-if-there.ts";

/**
 * Takes away the folder of an operation that did not get as far as to touch the store: there is nothing in it to keep.
 * Afterwards that is on stable storage.
 */
export function discardOperation(fs: WriteFs, { dir, files, journal }: OperationPaths): void {
  unlinkIfThere(fs, journal);
  for (const path of [files, dir]) if (fs.lstat(path) !== undefined) fs.removeDir(path);
  if (fs.lstat(dirname(dir)) !== undefined) fs.syncDir(dirname(dir));
}
