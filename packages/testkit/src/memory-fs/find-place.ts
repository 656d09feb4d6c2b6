import { type Nodes, rootIno } from "./memory-node.ts";

/** Where a path leads: a name in a directory, and the inode that has it, if any has. */
export interface Place {
  readonly dir: number;
  readonly name: string;
  readonly ino: number | undefined;
  /** The way there with all links resolved, from the root down; the last step is missing if there is no such inode. */
  readonly trail: Trail;
}

/** A directory or file, and the way to it. */
interface Trail {
  readonly ino: number;
  readonly name: string;
  readonly up: Trail | undefined;
}

const root: Trail = { ino: rootIno, name: "", up: undefined };
const mostLinks = 40;
const longestName = 255;
const mostBytesOfUnit = 3;

/**
 * Follows an absolute path. Links in the middle are followed, one at the end only if `follow` is set.
 * Returns the errno if the way does not lead on: a directory that is missing, is none, or a loop of links.
 */
export function findPlace(nodes: Nodes, path: string, follow: boolean): Place | string {
  if (!path.startsWith("/")) throw new Error(`the memory file system knows absolute paths only: ${path}`);
  let rest = path;
  let trail = root;
  let links = 0;
  for (let start = skipSlashes(rest, 0); start < rest.length;) {
    const end = endOfName(rest, start);
    const name = rest.slice(start, end);
    start = skipSlashes(rest, end);
    const isLast = start === rest.length;
    const dir = nodes[trail.ino];
    if (dir?.kind !== "directory") return "ENOTDIR";
    if (isTooLong(name)) return "ENAMETOOLONG";
    const ino = dir.names.get(name);
    const node = ino === undefined ? undefined : nodes[ino];
    if (name === ".") continue;
    if (name === "..") {
      trail = trail.up ?? root;
    } else if (node?.kind === "symlink" && (follow || !isLast)) {
      links += 1;
      if (links > mostLinks) return "ELOOP";
      if (node.target.startsWith("/")) trail = root;
      rest = `${node.target}/${rest.slice(start)}`;
      start = skipSlashes(rest, 0);
    } else if (ino === undefined) {
      return isLast ? { dir: trail.ino, name, ino, trail } : "ENOENT";
    } else {
      trail = { ino, name, up: trail };
    }
  }
  return { dir: trail.up?.ino ?? rootIno, name: trail.name, ino: trail.ino, trail };
}

/** The path that a trail stands for. */
export function pathOf({ name, up }: Trail): string {
  if (up === undefined) return "/";
  return up.up === undefined ? `/${name}` : `${pathOf(up)}/${name}`;
}

function skipSlashes(path: string, from: number): number {
  let at = from;
  while (path[at] === "/") at += 1;
  return at;
}

function endOfName(path: string, from: number): number {
  const end = path.indexOf("/", from);
  return end === -1 ? path.length : end;
}

function isTooLong(name: string): boolean {
  return name.length * mostBytesOfUnit > longestName && Buffer.byteLength(name) > longestName;
}
