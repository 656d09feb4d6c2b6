import { join } from "node:path";
import type { WriteFs } from "../disk/write-fs.ts";
import { errnoOf } from "../errno.ts";
import type { IndexTemp } from "./index-temps.ts";

/**
 * Takes away the temporary files of an index whose writers died: new content that never became the index.
 * The caller holds the lock of the store; another program may sweep at the same time.
 */
export function sweepIndexTemps(fs: WriteFs, realDir: string, temps: readonly IndexTemp[]): void {
  for (const { name, state } of temps) {
    if (state !== "abandoned") continue;
    try {
      fs.unlink(join(realDir, name));
    } catch (error) {
      if (errnoOf(error) !== "ENOENT") throw error;
    }
  }
}
