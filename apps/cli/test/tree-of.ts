import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/**
 * What can be seen of every file below a directory: content, mode, and time to the microsecond; by relative path.
 * What is in `.sessionsmith` and the times of directories are left out.
 */
export function treeOf(root: string, path = ""): ReadonlyMap<string, string> {
  const tree = new Map<string, string>();
  for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
    if (entry.name === ".sessionsmith") continue;
    const name = join(path, entry.name);
    const { mode, mtimeNs } = lstatSync(join(root, name), { bigint: true });
    const bits = (mode & 0o7777n).toString(8);
    if (entry.isDirectory()) {
      tree.set(name, bits);
      for (const [below, seen] of treeOf(root, name)) tree.set(below, seen);
    } else if (entry.isSymbolicLink()) tree.set(name, readlinkSync(join(root, name)));
    else {
      const microseconds = (mtimeNs + 500n) / 1000n;
      tree.set(name, `${bits} ${microseconds} ${readFileSync(join(root, name), "base64")}`);
    }
  }
  return tree;
}

/** Names in a directory without `.sessionsmith`, with every archive stamp written as `STAMP`. */
export function namesIn(dir: string): readonly string[] {
  return readdirSync(dir)
    .filter((name) => name !== ".sessionsmith")
    .map((name) => name.replace(/\d{4}-\d\d-\d\dT[\d-]+\.\d{3}Z$/, "STAMP"));
}
