import { join } from "node:path";
import type { FileFact } from "../disk/read-fs.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import { dirsOnTheWay } from "../layout/dirs-above.ts";
import { isPlainName } from "./path-in-store.ts";

/**
 * Tells whether every directory between the sessions directory and a name in it is a directory itself and no link, so that
 * the name does not lead out (docs/invariants.md I6). True at once for a name that lies directly in it.
 * @param name relative to the sessions directory
 */
export function liesPlainly(fs: WriteFs, realDir: string, name: string): boolean {
  return dirsTo(name).every((dir) => fs.lstat(join(realDir, dir))?.kind === "directory");
}

/** {@link liesPlainly}, but a directory may be missing: then it is made on the way. */
export function mayLiePlainly(fs: WriteFs, realDir: string, name: string): boolean {
  return dirsTo(name).every((dir) => mayBeDir(fs.lstat(join(realDir, dir))));
}

function mayBeDir(fact: FileFact | undefined): boolean {
  return fact === undefined || fact.kind === "directory";
}

/** From the top: nothing can be looked at below a file. */
function dirsTo(name: string): readonly string[] {
  return isPlainName(name) ? [] : dirsOnTheWay(name);
}
