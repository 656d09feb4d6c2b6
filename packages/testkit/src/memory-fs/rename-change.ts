import type { Place } from "./find-place.ts";
import { type MemoryDisk, nodeAt } from "./memory-disk.ts";
import type { NameChange } from "./name-change.ts";

/**
 * What a rename changes: `undefined` if both names lead to one file already, or the errno if Linux refuses it.
 */
export function renameChange(disk: MemoryDisk, from: Place, to: Place): NameChange | string | undefined {
  const { ino } = from;
  if (ino === undefined) return "ENOENT";
  if (from.name === "" || to.name === "") return "EBUSY";
  if (leadsThrough(to, ino)) return "EINVAL";
  if (to.ino !== undefined && leadsThrough(from, to.ino)) return "ENOTEMPTY";
  if (to.ino === ino) return undefined;
  const errno = to.ino === undefined ? undefined : whyNotReplace(disk, ino, to.ino);
  if (errno !== undefined) return errno;
  const replacedDir = to.ino !== undefined && nodeAt(disk, to.ino).kind === "directory" ? [to.ino] : [];
  return {
    dirs: [...new Set([from.dir, to.dir, ...replacedDir])],
    bindings: [
      { dir: from.dir, name: from.name, ino: undefined },
      { dir: to.dir, name: to.name, ino },
    ],
  };
}

/** Tells whether the way to a place goes through a directory; the place itself does not count. */
function leadsThrough({ dir, ino, trail }: Place, through: number): boolean {
  if (dir === through) return true;
  for (let step = ino === undefined ? trail.up : trail.up?.up; step !== undefined; step = step.up) {
    if (step.ino === through) return true;
  }
  return false;
}

function whyNotReplace(disk: MemoryDisk, ino: number, replaced: number): string | undefined {
  const target = nodeAt(disk, replaced);
  const isDir = nodeAt(disk, ino).kind === "directory";
  if (target.kind !== "directory") return isDir ? "ENOTDIR" : undefined;
  if (!isDir) return "EISDIR";
  return target.names.size > 0 ? "ENOTEMPTY" : undefined;
}
