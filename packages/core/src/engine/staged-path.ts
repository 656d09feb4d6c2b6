import { join } from "node:path";
import type { PartContext } from "./part-context.ts";
import { unlinkIfThere } from "./unlink-if-there.ts";

/** Where the new content of step `n` lies until the switch: in the operation's folder, on the same file system. */
export function stagedPath(context: PartContext, n: number): string {
  return join(context.paths.dir, `staged-${n}`);
}

/** Takes the new content of step `n` away, if it is there; from then on it counts as never made. */
export function unstage(context: PartContext, n: number): void {
  const { fs } = context.host;
  unlinkIfThere(fs, stagedPath(context, n));
  context.staged.delete(n);
  context.touched.add(context.paths.dir);
}

/** Tells whether the content of step `n` was ready once and has left its place, which only a switch does before the end. */
export function hasLeft(context: PartContext, n: number): boolean {
  return context.staged.has(n) && context.host.fs.lstat(stagedPath(context, n)) === undefined;
}
