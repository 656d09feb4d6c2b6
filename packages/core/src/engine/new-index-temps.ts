import { basename, dirname, join } from "node:path";
import type { WriteFs } from "../disk/write-fs.ts";
import { removeFile } from "./lock-files.ts";
import { ownDirName } from "./operation-paths.ts";

/** `new-index.<uuid>.<name of the index>`: several indexes may lie in one directory. */
const tempName = /^new-index\.[^.]+\.(.+)$/;

/** Our own directory beside an index. */
export function ownDirOf(indexPath: string): string {
  return join(dirname(indexPath), ownDirName);
}

/** Where the first content of an index lies until it gets its name: in our own directory, where nobody takes it for an index. */
export function newIndexTemp(indexPath: string, uuid: string): string {
  return join(ownDirOf(indexPath), `new-index.${uuid}.${basename(indexPath)}`);
}

/**
 * Takes away what was to become an index that is there by now. Nobody needs it any more, not even a process that is about to
 * give it its name: that name is taken.
 */
export function sweepNewIndexTemps(fs: WriteFs, indexPath: string): void {
  if (fs.lstat(indexPath) === undefined) return;
  const dir = ownDirOf(indexPath);
  for (const name of fs.readdir(dir) ?? [])
    if (tempName.exec(name)?.[1] === basename(indexPath)) removeFile(fs, join(dir, name));
}
