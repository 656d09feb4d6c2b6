import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Host } from "../../src/disk/host.ts";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import type { ReadFs } from "../../src/disk/read-fs.ts";

/** A host whose home and current directory are `home`, without environment; a clock or a process table is never asked for. */
export function testHost(
  home: string,
  changes: Partial<Pick<Host, "fs" | "env" | "cwd" | "homeDir">> = {},
): Host {
  const processes = { pid: 1, bootId: undefined, hostName: "test", state: notAsked, startTicks: notAsked };
  return {
    fs: nodeReadFs,
    clock: { now: notAsked },
    ids: { uuid: notAsked },
    env: {},
    processes,
    homeDir: home,
    cwd: home,
    ...changes,
  };
}

function notAsked(): never {
  throw new Error("not asked for in layout");
}

/** Writes files below `root`; a path that ends in "/" is a directory. */
export function writeTree(root: string, tree: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(tree)) {
    const absolute = join(root, path);
    mkdirSync(path.endsWith("/") ? absolute : dirname(absolute), { recursive: true });
    if (!path.endsWith("/")) writeFileSync(absolute, content);
  }
}

/** A disk on which every look at a path that starts with `path` fails with `errno`. */
export function failingFs(path: string, errno: string): ReadFs {
  const check = (asked: string) => {
    if (asked.startsWith(path)) throw Object.assign(new Error(`${errno}: ${asked}`), { code: errno });
  };
  return {
    lstat: (asked) => (check(asked), nodeReadFs.lstat(asked)),
    stat: (asked) => (check(asked), nodeReadFs.stat(asked)),
    readdir: (asked) => (check(asked), nodeReadFs.readdir(asked)),
    realpath: (asked) => (check(asked), nodeReadFs.realpath(asked)),
    readlink: (asked) => (check(asked), nodeReadFs.readlink(asked)),
    withFile: (asked, use) => (check(asked), nodeReadFs.withFile(asked, use)),
  };
}
