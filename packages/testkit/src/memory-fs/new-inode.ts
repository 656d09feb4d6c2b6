import { addNode, type MemoryDisk } from "./memory-disk.ts";
import { directoryBytes } from "./memory-fs-state.ts";
import { noBytes, type SpecialNode } from "./memory-node.ts";

const permissionBits = 0o7777;

/** Makes an empty file that has no name yet. Returns its inode number. */
export function addFile(disk: MemoryDisk, mode: number): number {
  return addNode(disk, mode & permissionBits, (fact) => ({
    kind: "file",
    fact: { ...fact, kind: "file", size: 0 },
    bytes: noBytes,
  }));
}

/** Makes an empty directory that has no name yet. */
export function addDirectory(disk: MemoryDisk, mode: number): number {
  return addNode(disk, mode & permissionBits, (fact) => ({
    kind: "directory",
    fact: { ...fact, kind: "directory", size: directoryBytes },
    names: new Map(),
  }));
}

/** Makes a symbolic link that has no name yet. */
export function addSymlink(disk: MemoryDisk, target: string): number {
  return addNode(disk, 0o777, (fact) => ({
    kind: "symlink",
    fact: { ...fact, kind: "symlink", size: Buffer.byteLength(target) },
    target,
  }));
}

/** Makes a FIFO, socket or device that has no name yet. */
export function addSpecial(disk: MemoryDisk, kind: SpecialNode["kind"]): number {
  return addNode(disk, 0o600, (fact) => ({ kind, fact: { ...fact, kind, size: 0 } }));
}
