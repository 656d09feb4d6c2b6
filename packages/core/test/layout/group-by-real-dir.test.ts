import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { makeTempDir, type TempDir } from "@sessionsmith/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { groupByRealDir } from "../../src/layout/group-by-real-dir.ts";
import type { StoreTarget } from "../../src/layout/store-target.ts";
import { failingFs, writeTree } from "./test-host.ts";

let dir: TempDir;
beforeEach(() => {
  dir = makeTempDir();
});
afterEach(() => dir.dispose());

function target(path: string): StoreTarget {
  const indexPath = join(dir.path, path);
  return {
    indexPath,
    sessionsDir: join(indexPath, ".."),
    agentId: "main",
    origin: "configured",
    shared: false,
  };
}

test("stores that share a real directory are one group, absent ones go by their name", () => {
  writeTree(dir.path, { "s/a.json": "{}", "s/b.json": "{}", "t/": "" });
  symlinkSync("s", join(dir.path, "alias"));
  const targets = ["s/a.json", "alias/b.json", "none/a.json", "none/b.json", "t/a.json"].map(target);
  const [a, b, absentA, absentB, other] = targets;
  expect([...groupByRealDir(nodeReadFs, targets)]).toEqual([
    [join(dir.path, "s"), [a, b]],
    [join(dir.path, "none"), [absentA, absentB]],
    [join(dir.path, "t"), [other]],
  ]);
});

test("a directory that can't be looked at goes by its name", () => {
  const one = target("s/a.json");
  expect([...groupByRealDir(failingFs(dir.path, "EACCES"), [one])]).toEqual([[join(dir.path, "s"), [one]]]);
});
