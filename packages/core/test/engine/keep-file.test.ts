import { type Fault, fromState, memoryFs, type MemoryFs, tree, writeTree } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { keepFile } from "../../src/engine/keep-file.ts";

const noLinks: Fault = ({ name }) => (name === "link" ? { errno: "EPERM" } : undefined);
const mtimeNs = 1_700_000_000_123_456_789n;

function disk(fault?: Fault): MemoryFs {
  const fs = memoryFs();
  writeTree(fs, "/s", { index: { content: "rows", mode: 0o640, owner: [7, 8], mtimeNs } });
  return fromState(fs.state(), { fault });
}

function keep(fs: MemoryFs): void {
  const present = fs.lstat("/s/index");
  if (present === undefined) throw new Error("no index");
  keepFile(fs, { path: "/s/index", present, kept: "/s/kept" });
}

test("a second name, given once", () => {
  const fs = disk();
  keep(fs);
  expect(fs.lstat("/s/kept")?.ino).toBe(fs.lstat("/s/index")?.ino);
  const calls = fs.mutations();
  keep(fs);
  expect(fs.mutations()).toBe(calls);
});

test("without hard links a synced copy with mode, owner and time", () => {
  const fs = disk(noLinks);
  keep(fs);
  expect(fs.lstat("/s/kept")).toMatchObject({ mode: 0o640, uid: 7, gid: 8, mtimeNs, nlink: 1 });
  expect(tree(fs, "/s").get("kept")?.bytes?.toString()).toBe("rows");
  fs.syncDir("/s");
  for (const state of fs.durableStates()) expect(state.story).not.toContain("cut");
});

test.each([
  ["with hard links", undefined],
  ["without", noLinks],
])("what an earlier try left is made anew: %s", (_name, fault) => {
  const fs = disk(fault);
  writeTree(fs, "/s", { kept: "ro" });
  keep(fs);
  expect(tree(fs, "/s").get("kept")?.bytes?.toString()).toBe("rows");
});

test("a file that changes while it is copied is E_STALE_PLAN, and no copy stays", () => {
  const fs = disk(noLinks);
  const present = fs.lstat("/s/index");
  fs.appendFile("/s/index", (file) => file.truncate(2));
  if (present === undefined) throw new Error("no index");
  expect(() => keepFile(fs, { path: "/s/index", present, kept: "/s/kept" })).toThrow(
    expect.objectContaining({ code: "E_STALE_PLAN" }),
  );
  expect(fs.lstat("/s/kept")).toBeUndefined();
});

test("any other error is passed on", () => {
  const fs = disk(({ name }) => (name === "link" ? { errno: "EIO" } : undefined));
  expect(() => keep(fs)).toThrow(expect.objectContaining({ code: "EIO" }));
});
