import type { FileFact } from "../disk/read-fs.ts";
import type { WriteFs } from "../disk/write-fs.ts";

/**
 * Moves the time of a new index on by a millisecond if its size and its time (to the millisecond) are those of the old one:
 * OpenClaw 2026.5.28 would take it for the one in its cache.
 */
export function avoidCacheTwin(fs: WriteFs, staged: string, before: FileFact): void {
  const fact = fs.lstat(staged);
  if (fact?.size !== before.size || fact.mtimeNs / 1_000_000n !== before.mtimeNs / 1_000_000n) return;
  fs.appendFile(staged, (file) => {
    file.setMtime(before.mtimeNs + 1_000_000n);
    file.sync();
  });
}
