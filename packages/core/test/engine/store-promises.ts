import type { MemoryFs, MemoryFsState } from "@sessionsmith/testkit";
import { listOperations } from "../../src/engine.ts";
import { openOperationIds } from "../../src/engine/open-operations.ts";

type MemoryNode = NonNullable<MemoryFsState["nodes"][number]>;
type FileNode = Extract<MemoryNode, { readonly kind: "file" }>;

/** Everything on a disk, by absolute path. */
export type DiskTree = ReadonlyMap<string, MemoryNode>;

/** What stores must be after every crash and recovery. */
export interface StorePromises {
  /** Absolute paths of the sessions directories. */
  readonly dirs: readonly string[];
  /** The disk before the operation. */
  readonly before: DiskTree;
  /** What the disk may be afterwards, apart from what is our own: as before, as after, or what else is right. */
  readonly allowed: readonly DiskTree[];
}

/** Notes what stores have to be held against. */
export function storePromises(
  dirs: readonly string[],
  before: MemoryFs,
  others: readonly MemoryFs[],
): StorePromises {
  return { dirs, before: diskTree(before), allowed: [before, ...others].map(diskTree) };
}

/**
 * Checks a disk after a recovery: what is not our own is as before or as after, byte for byte and mode for mode (I2, I5, I6);
 * every byte that was there before is there under some name (I1); and nothing unfinished lies about.
 */
export function checkPromises({ dirs, before, allowed }: StorePromises, recovered: MemoryFs): void {
  const found = diskTree(recovered);
  const isOurs = ourPaths(dirs);
  if (!allowed.some((tree) => isEqualTree(found, tree, isOurs))) {
    throw new Error(
      `neither before nor after: there are ${[...found.keys()].filter((path) => !isOurs(path)).join(", ")}`,
    );
  }
  checkBytesKept(before, found, dirs);
  checkTidy(found);
  for (const dir of dirs) checkOpenIsKnown(recovered, dir);
}

/** Checks that every operation whose journal lacks its end is known to be open, so that a recovery finds it. */
export function checkOpenIsKnown(fs: MemoryFs, dir: string): void {
  const open = new Set(openOperationIds(fs, dir));
  for (const { id, state } of listOperations(fs, dir))
    if (state === "interrupted" && !open.has(id)) throw new Error(`nobody knows that ${id} is open`);
}

/**
 * Checks that each index is what it was or what it was to be, at any moment and without a recovery (I2), and that a recovery
 * will find what is open.
 */
export function checkIndexIsWhole({ dirs, allowed }: StorePromises, crashed: MemoryFs): void {
  const found = diskTree(crashed);
  for (const dir of dirs) checkOpenIsKnown(crashed, dir);
  for (const path of dirs.map((dir) => `${dir}/sessions.json`)) {
    const node = found.get(path);
    const isWhole = allowed.some((tree) => {
      const expected = tree.get(path);
      return node?.kind === "file" && expected?.kind === "file" && isSameBytes(node, expected);
    });
    if (!isWhole) throw new Error(`${path} is neither the old nor the new one`);
  }
}

/** Checks that every byte that was in these sessions directories before is there under some name (I1). */
export function checkBytesKept(before: DiskTree, found: DiskTree, dirs: readonly string[]): void {
  for (const [path, node] of before) {
    if (!dirs.some((dir) => path.startsWith(dir))) continue;
    if (node.kind === "file" && !isKept(node, found, path)) throw new Error(`the bytes of ${path} are gone`);
  }
}

/** Checks that nothing unfinished lies about. */
export function checkTidy(found: DiskTree): void {
  for (const path of found.keys()) {
    if (path.includes("/staged-") || path.endsWith(".tmp")) throw new Error(`${path} was left behind`);
  }
}

/** Everything on a disk. Nodes are shared with the disk, which is cheap and makes most comparisons one of references. */
export function diskTree(fs: MemoryFs): DiskTree {
  const { nodes } = fs.state();
  const root = nodes.find((node) => node !== undefined);
  const found = new Map<string, MemoryNode>();
  const visit = (node: MemoryNode | undefined, path: string) => {
    if (node === undefined) throw new Error(`${path} leads nowhere`);
    found.set(path, node);
    if (node.kind === "directory") for (const [name, ino] of node.names) visit(nodes[ino], `${path}/${name}`);
  };
  visit(root, "");
  return found;
}

/** Tells our own directories and what is in them from everything else. */
export function ourPaths(dirs: readonly string[]): (path: string) => boolean {
  const own = dirs.map((dir) => `${dir}/.sessionsmith`);
  return (path) => own.some((dir) => path.startsWith(dir));
}

/** Tells whether two disks hold the same apart from paths that are passed by; times and inode numbers don't count. */
export function isEqualTree(
  found: DiskTree,
  expected: DiskTree,
  isPassed: (path: string) => boolean,
): boolean {
  let count = 0;
  for (const [path, node] of found) {
    if (isPassed(path)) continue;
    count += 1;
    const other = expected.get(path);
    if (other === undefined || !isSame(node, other)) return false;
  }
  return count === [...expected.keys()].filter((path) => !isPassed(path)).length;
}

function isSame(a: MemoryNode, b: MemoryNode): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind || a.fact.mode !== b.fact.mode) return false;
  return a.kind !== "file" || b.kind !== "file" || isSameBytes(a, b);
}

function isSameBytes(a: FileNode, b: FileNode): boolean {
  return a.bytes === b.bytes || Buffer.compare(a.bytes, b.bytes) === 0;
}

/** A ledger only grows; everything else is there as it was. */
function isKept(node: FileNode, found: DiskTree, path: string): boolean {
  const same = found.get(path);
  if (same?.kind === "file") {
    if (isSameBytes(node, same)) return true;
    if (path.endsWith("/ledger.jsonl"))
      return Buffer.compare(node.bytes, same.bytes.subarray(0, node.bytes.length)) === 0;
  }
  for (const other of found.values()) if (other.kind === "file" && isSameBytes(node, other)) return true;
  return false;
}
