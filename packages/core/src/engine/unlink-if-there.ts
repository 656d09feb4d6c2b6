import type { WriteFs } from "../disk/write-fs.ts";
import { errnoOf } from "../errno.ts";

/** Takes a file away that may be gone already. Throws Node's error for whatever else hinders it. */
export function unlinkIfThere(fs: WriteFs, path: string): void {
  try {
    fs.unlink(path);
  } catch (error) {
    if (!absentErrnos.has(errnoOf(error))) throw error;
  }
}

/** A name is absent, too, where what should be its directory is none. */
const absentErrnos: ReadonlySet<string | undefined> = new Set(["ENOENT", "ENOTDIR"]);
