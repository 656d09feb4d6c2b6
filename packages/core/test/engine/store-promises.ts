import { type MemoryFs, tree, type TreeEntry } from "@sessionsmith/testkit";

type Entries = ReadonlyMap<string, TreeEntry>;

/** What a store must be after every crash and recovery. */
export interface StorePromises {
  /** Absolute path of the sessions directory. */
  readonly dir: string;
  /** Everything on the disk before the operation, by path from the root. */
  readonly before: Entries;
  /** Everything on the disk after it, undisturbed. */
  readonly after: Entries;
}

/** Notes what a store has to be held against. */
export function storePromises(dir: string, before: MemoryFs, after: MemoryFs): StorePromises {
  return { dir: dir.slice(1), before: tree(before, "/"), after: tree(after, "/") };
}

/**
 * Checks a disk after a recovery: what is not our own is as before or as after, byte for byte and mode for mode (I2, I5, I6);
 * every byte that was there before is there under some name (I1); and nothing unfinished lies about.
 */
export function checkPromises({ dir, before, after }: StorePromises, recovered: MemoryFs): void {
  const found = tree(recovered, "/");
  const isOurs = (path: string) =>
    path === `${dir}/.sessionsmith` || path.startsWith(`${dir}/.sessionsmith/`);
  if (!isEqual(found, before, isOurs) && !isEqual(found, after, isOurs)) {
    throw new Error(
      `neither before nor after: there are ${[...found.keys()].filter((path) => !isOurs(path)).join(", ")}`,
    );
  }
  for (const [path, entry] of before) {
    if (entry.bytes !== undefined && !isKept(entry.bytes, found, path))
      throw new Error(`the bytes of ${path} are gone`);
  }
  for (const path of found.keys()) {
    if (path.includes("staged-") || path.endsWith(".tmp")) throw new Error(`${path} was left behind`);
  }
}

function isEqual(found: Entries, expected: Entries, isOurs: (path: string) => boolean): boolean {
  let count = 0;
  for (const [path, entry] of found) {
    if (isOurs(path)) continue;
    count += 1;
    const other = expected.get(path);
    if (other === undefined || !isSame(entry, other)) return false;
  }
  return count === [...expected.keys()].filter((path) => !isOurs(path)).length;
}

function isSame(a: TreeEntry, b: TreeEntry): boolean {
  return (
    a.kind === b.kind &&
    a.mode === b.mode &&
    (a.bytes === undefined ? b.bytes === undefined : b.bytes?.equals(a.bytes) === true)
  );
}

function isKept(bytes: Buffer, found: Entries, path: string): boolean {
  if (found.get(path)?.bytes?.equals(bytes) === true) return true;
  return [...found.values()].some((entry) => entry.bytes?.equals(bytes) === true);
}
