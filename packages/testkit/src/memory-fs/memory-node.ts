import type { FileFact } from "@sessionsmith/core";

/** What an inode is. Nodes are never changed in place, so that any number of states may share them. */
export type MemoryNode = FileNode | DirectoryNode | LinkNode | SpecialNode;

/** A regular file. */
export interface FileNode {
  readonly kind: "file";
  readonly fact: FileFact;
  readonly bytes: Uint8Array;
}

/** The content of an empty file. */
export const noBytes: Uint8Array = new Uint8Array();

/** A directory. */
export interface DirectoryNode {
  readonly kind: "directory";
  readonly fact: FileFact;
  readonly names: Names;
}

/** A symbolic link. */
export interface LinkNode {
  readonly kind: "symlink";
  readonly fact: FileFact;
  readonly target: string;
}

/** Something that holds no content of its own. */
export interface SpecialNode {
  readonly kind: "fifo" | "socket" | "device";
  readonly fact: FileFact;
}

/** All inodes of a disk, by number; `undefined` where there is none. An array, because it is copied for every crash. */
export type Nodes = readonly (MemoryNode | undefined)[];

/** The names in a directory, each with its inode number. */
export type Names = ReadonlyMap<string, number>;

/** The inode number of the root directory. */
export const rootIno = 2;

/** The same node with `change` made to its fact. */
export function withFact(node: MemoryNode, change: Partial<FileFact>): MemoryNode {
  return { ...node, fact: { ...node.fact, ...change } };
}

/** The same file with other content. */
export function withBytes(node: FileNode, bytes: Uint8Array, changedNs: bigint): FileNode {
  const fact = { ...node.fact, size: bytes.length, mtimeNs: changedNs, ctimeNs: changedNs };
  return { kind: "file", fact, bytes };
}
