import type { FileFact } from "../disk/read-fs.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import { isSameFile, saysNoLinks } from "./move-name.ts";
import { stageFile } from "./stage-file.ts";
import { stalePlan } from "./stale-plan.ts";

const chunkBytes = 1 << 20;

/** A file that is about to be replaced. */
export interface FileToKeep {
  /** Absolute path. */
  readonly path: string;
  /** The file as it is there now. */
  readonly present: FileFact;
  /** Absolute path to keep it at. */
  readonly kept: string;
}

/**
 * Keeps a file that is about to be replaced as a whole: by a second name, which costs nothing, or by a synced copy where
 * there are no hard links. Does nothing if it has that second name already; an earlier try at a copy is made again.
 * @throws StoreError E_STALE_PLAN if the file changes meanwhile; Node's errors
 */
export function keepFile(fs: WriteFs, { path, present, kept }: FileToKeep): void {
  const earlier = fs.lstat(kept);
  if (earlier !== undefined && isSameFile(earlier, present)) return;
  if (earlier !== undefined) fs.unlink(kept);
  try {
    fs.link(path, kept);
  } catch (error) {
    if (!saysNoLinks(error)) throw error;
    stageFile(fs, {
      path: kept,
      content: (take) => copyBytes(fs, { path, present }, take),
      mode: present.mode,
      owner: present,
      mtimeNs: present.mtimeNs,
    });
  }
}

/** Hands over the bytes of a file that must not change meanwhile. @throws StoreError E_STALE_PLAN if it does */
export function copyBytes(
  fs: WriteFs,
  { path, present }: Omit<FileToKeep, "kept">,
  take: (chunk: Uint8Array) => void,
): void {
  const found = fs.withFile(path, (file) => {
    for (let position = 0; position < present.size;) {
      const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, present.size - position));
      const count = file.read(chunk, position);
      if (count === 0) throw stalePlan(path);
      take(chunk.subarray(0, count));
      position += count;
    }
    return isSameFile(file.fact, present) && file.fact.size === present.size;
  });
  if (found !== true) throw stalePlan(path);
}
