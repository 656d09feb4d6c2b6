import type { FileFact } from "@sessionsmith/core";
import { type DirectoryNode, type Nodes, rootIno } from "./memory-node.ts";

/** Everything that is on a disk at one moment, all of it on stable storage. Plain data; may be shared and kept. */
export interface MemoryFsState {
  /** Each of them has a name, a directory just one. */
  readonly nodes: Nodes;
  /** The disk's clock. */
  readonly nowNs: bigint;
  readonly settings: DiskSettings;
  /** How a crash came to this state, for messages of failed tests. */
  readonly story: string;
}

/** What holds for a disk as long as it exists. */
export interface DiskSettings {
  /** How far the clock goes on at every change. */
  readonly tickNs: bigint;
  /** The user and group that the process runs as; it may do everything, as root may. */
  readonly uid: number;
  readonly gid: number;
}

/** What a new disk may be given. */
export interface NewDisk extends Partial<DiskSettings> {
  /** Where the clock starts, as epoch nanoseconds. */
  readonly nowNs?: bigint;
}

/** A disk with an empty root directory. */
export function emptyState(options: NewDisk = {}): MemoryFsState {
  const { nowNs = 1_790_000_000_000_000_000n, tickNs = 1_000_000n, uid = 1000, gid = 1000 } = options;
  const fact: FileFact = {
    kind: "directory",
    dev: 1n,
    ino: BigInt(rootIno),
    size: directoryBytes,
    mtimeNs: nowNs,
    ctimeNs: nowNs,
    mode: 0o755,
    nlink: 1,
    uid,
    gid,
  };
  const root: DirectoryNode = { kind: "directory", fact, names: new Map() };
  return {
    nodes: [undefined, undefined, root],
    nowNs,
    settings: { tickNs, uid, gid },
    story: "new disk",
  };
}

/** What `lstat` says is the size of a directory. */
export const directoryBytes = 4096;
