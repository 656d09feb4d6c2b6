import { dirname, isAbsolute } from "node:path";

/**
 * The directories between the sessions directory and a name in it, from the top: `a` and `a/b` for `a/b/c`. None for a name that
 * leads out of it.
 * @param name relative to the sessions directory
 */
export function dirsAbove(name: string): readonly string[] {
  const dirs = dirsOnTheWay(name);
  return dirs[0] === ".." || isAbsolute(name) ? [] : dirs;
}

/** The same, also for a name that leads out: `..` and `../a` for `../a/b`. A file on another drive of Windows has an absolute one. */
export function dirsOnTheWay(name: string): readonly string[] {
  const dirs: string[] = [];
  for (let dir = dirname(name); dir !== dirname(dir); dir = dirname(dir)) dirs.push(dir);
  return dirs.toReversed();
}
