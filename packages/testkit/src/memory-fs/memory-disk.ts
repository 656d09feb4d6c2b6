import type { FileFact } from "@sessionsmith/core";
import type { DiskSettings, MemoryFsState } from "./memory-fs-state.ts";
import { type MemoryNode, type Names, type Nodes, withBytes, withFact } from "./memory-node.ts";
import { applyBindings, applyChanges, type NameChange, upTo } from "./name-change.ts";
import type { Unsynced } from "./surviving-content.ts";

/** A running disk: what processes see, and what of it has not reached stable storage. */
export interface MemoryDisk {
  /** What processes see, those without a name too. */
  nodes: Nodes;
  /** `nodes`, if nobody else holds it: then it is changed in place, and copied before the next change otherwise. */
  ownNodes: (MemoryNode | undefined)[] | undefined;
  /** The names of directories, by inode number, that nobody else holds. */
  readonly ownNames: Map<number, Map<string, number>>;
  /** Inodes with content, mode, owner or mtime that was not synced. */
  readonly unsynced: Map<number, Unsynced>;
  /** Changes of names that were not synced, in order. */
  changes: NameChange[];
  /** The names on stable storage of the directories of `changes`. */
  readonly syncedNames: Map<number, Names>;
  nowNs: bigint;
  readonly settings: DiskSettings;
}

/** Starts a disk; the state stays as it is, and is only copied when something changes. */
export function startDisk({ nodes, nowNs, settings }: MemoryFsState): MemoryDisk {
  return {
    nodes,
    ownNodes: undefined,
    ownNames: new Map(),
    unsynced: new Map(),
    changes: [],
    syncedNames: new Map(),
    nowNs,
    settings,
  };
}

/** The disk as it is now, for somebody who looks at it later; from here on nothing that it holds is changed in place. */
export function freeze(disk: MemoryDisk): Readonly<MemoryDisk> {
  disk.ownNodes = undefined;
  disk.ownNames.clear();
  return {
    ...disk,
    unsynced: new Map(disk.unsynced),
    changes: [...disk.changes],
    syncedNames: new Map(disk.syncedNames),
  };
}

/** The node of an inode that exists. */
export function nodeAt({ nodes }: MemoryDisk, ino: number): MemoryNode {
  const node = nodes[ino];
  if (node === undefined) throw new Error(`no inode ${ino}`);
  return node;
}

/** Puts a new inode on the disk, which has no name yet; `make` is given its fact. Returns its number. */
export function addNode(disk: MemoryDisk, mode: number, make: (fact: NewFact) => MemoryNode): number {
  const ino = disk.nodes.length;
  const { uid, gid } = disk.settings;
  const now = tick(disk);
  putNode(
    disk,
    ino,
    make({ dev: 1n, ino: BigInt(ino), mtimeNs: now, ctimeNs: now, mode, nlink: 0, uid, gid }),
  );
  return ino;
}

/** What is known of an inode before it is known what it is. */
export type NewFact = Omit<FileFact, "kind" | "size">;

/** Changes names. Their directories get a new mtime; what gains or loses a name gets a new ctime. */
export function changeNames(disk: MemoryDisk, change: NameChange): void {
  const now = tick(disk);
  for (const dir of change.dirs) keepSyncedNames(disk, dir);
  for (const binding of change.bindings) {
    const { dir, name, ino } = binding;
    const names = namesToChange(disk, dir);
    addLinks(disk, names.get(name), { count: -1, now });
    addLinks(disk, ino, { count: 1, now });
    applyBindings(names, [binding]);
    putNode(disk, dir, {
      kind: "directory",
      fact: { ...nodeAt(disk, dir).fact, mtimeNs: now, ctimeNs: now },
      names,
    });
  }
  disk.changes.push(change);
}

/** Gives a file other content, of which the bytes that are as they were stand at the start. */
export function changeBytes(disk: MemoryDisk, ino: number, bytes: Uint8Array): void {
  const node = nodeAt(disk, ino);
  if (node.kind !== "file") throw new Error(`inode ${ino} is no file`);
  const { before, untouchedBytes, factChanged } = unsyncedOf(disk, ino, node);
  disk.unsynced.set(ino, { before, untouchedBytes: Math.min(untouchedBytes, bytes.length), factChanged });
  putNode(disk, ino, withBytes(node, bytes, tick(disk)));
}

/** Sets mode, owner or mtime. */
export function changeFact(disk: MemoryDisk, ino: number, change: Partial<FileFact>): void {
  const node = nodeAt(disk, ino);
  const { before, untouchedBytes } = unsyncedOf(disk, ino, node);
  disk.unsynced.set(ino, { before, untouchedBytes, factChanged: true });
  putNode(disk, ino, withFact(node, { ...change, ctimeNs: tick(disk) }));
}

/** Brings content, mode, owner and mtime of an inode to stable storage; not its name. */
export function syncInode(disk: MemoryDisk, ino: number): void {
  disk.unsynced.delete(ino);
}

/** Brings the names in a directory to stable storage, and all that must be there with them. */
export function syncNames(disk: MemoryDisk, dir: number): void {
  const synced = upTo(disk.changes, (change) => change.dirs.includes(dir));
  if (synced.size === 0) return;
  const left = disk.changes.filter((change) => !synced.has(change));
  const stillChanged = new Set(left.flatMap((change) => change.dirs));
  for (const changed of disk.syncedNames.keys())
    if (!stillChanged.has(changed)) disk.syncedNames.delete(changed);
  const names = applyChanges(
    disk.syncedNames,
    disk.changes.filter((change) => synced.has(change)),
  );
  for (const [changed, after] of names) disk.syncedNames.set(changed, after);
  disk.changes = left;
}

function keepSyncedNames(disk: MemoryDisk, dir: number): void {
  const node = nodeAt(disk, dir);
  if (node.kind !== "directory" || disk.syncedNames.has(dir)) return;
  disk.syncedNames.set(dir, node.names);
  disk.ownNames.delete(dir);
}

function namesToChange(disk: MemoryDisk, dir: number): Map<string, number> {
  const own = disk.ownNames.get(dir);
  if (own !== undefined) return own;
  const node = nodeAt(disk, dir);
  if (node.kind !== "directory") throw new Error(`inode ${dir} is no directory`);
  const copy = new Map(node.names);
  disk.ownNames.set(dir, copy);
  return copy;
}

function unsyncedOf(disk: MemoryDisk, ino: number, node: MemoryNode): Unsynced {
  const untouchedBytes = node.kind === "file" ? node.bytes.length : 0;
  return disk.unsynced.get(ino) ?? { before: node, untouchedBytes, factChanged: false };
}

function addLinks(
  disk: MemoryDisk,
  ino: number | undefined,
  { count, now }: { count: number; now: bigint },
): void {
  if (ino === undefined) return;
  const node = nodeAt(disk, ino);
  putNode(disk, ino, withFact(node, { nlink: node.fact.nlink + count, ctimeNs: now }));
}

function putNode(disk: MemoryDisk, ino: number, node: MemoryNode): void {
  if (disk.ownNodes === undefined) {
    disk.ownNodes = [...disk.nodes];
    disk.nodes = disk.ownNodes;
  }
  disk.ownNodes[ino] = node;
}

function tick(disk: MemoryDisk): bigint {
  disk.nowNs += disk.settings.tickNs;
  return disk.nowNs;
}
