import { dirname, join } from "node:path";
import type { WriteFs } from "../disk/write-fs.ts";
import { isPlainName } from "./path-in-store.ts";

/**
 * Tells whether every directory between the sessions directory and a name in it is a directory itself and no link, so that
 * the name does not lead out (docs/invariants.md I6). True at once for a name that lies directly in it.
 * @param name relative to the sessions directory
 */
export function liesPlainly(fs: WriteFs, realDir: string, name: string): boolean {
  if (isPlainName(name)) return true;
  for (let dir = dirname(name); dir !== "."; dir = dirname(dir)) {
    if (fs.lstat(join(realDir, dir))?.kind !== "directory") return false;
  }
  return true;
}
