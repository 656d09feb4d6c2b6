import type { WriteFs } from "../disk/write-fs.ts";

/**
 * Takes a file away that may be gone already; quicker than to look first where hardly any is gone. Throws Node's error for
 * a file that stays: what a system says of a name that is absent depends on the system, and on how it was mounted.
 */
export function unlinkIfThere(fs: WriteFs, path: string): void {
  try {
    fs.unlink(path);
  } catch (error) {
    if (fs.lstat(path) !== undefined) throw error;
  }
}
