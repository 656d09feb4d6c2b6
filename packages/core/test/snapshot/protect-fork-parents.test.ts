import { expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { protectForkParents } from "../../src/snapshot/protect-fork-parents.ts";
import { failingFs, useStoreDir } from "./store-dir.ts";

const dir = useStoreDir();

function writeFork(): void {
  dir.index({ a: { sessionId: "child" }, b: { sessionId: "parent" } });
  dir.files("parent.jsonl", "parent.trajectory.jsonl");
  dir.write(
    "child.jsonl",
    `${JSON.stringify({ type: "session", version: 3, id: "child", parentSession: "parent.jsonl" })}\n`,
  );
}

test("what a staying transcript was forked from stays", () => {
  writeFork();
  const { references } = protectForkParents(nodeReadFs, dir.scan(), new Set(["parent.jsonl"]));
  expect([...references.protectedElsewhere].toSorted()).toEqual(["parent.jsonl", "parent.trajectory.jsonl"]);
});

test("a fork that leaves with its parent keeps nothing", () => {
  writeFork();
  const { references } = protectForkParents(nodeReadFs, dir.scan(), new Set(["parent.jsonl", "child.jsonl"]));
  expect([...references.protectedElsewhere]).toEqual([]);
});

test("a header that can't be read is noted", () => {
  writeFork();
  const fs = failingFs("withFile", dir.at("child.jsonl"), "EIO");
  const { references } = protectForkParents(fs, dir.scan(), new Set(["parent.jsonl"]));
  expect(references.unread).toEqual([dir.at("child.jsonl")]);
});

test("no header is read if no file leaves", () => {
  writeFork();
  const snapshot = dir.scan();
  const fs = failingFs("withFile", dir.at("child.jsonl"), "EIO");
  expect(protectForkParents(fs, snapshot, new Set())).toBe(snapshot);
});

test("the snapshot itself comes back if every parent is protected already", () => {
  writeFork();
  const snapshot = protectForkParents(nodeReadFs, dir.scan(), new Set(["parent.jsonl"]));
  expect(protectForkParents(nodeReadFs, snapshot, new Set(["parent.jsonl"]))).toBe(snapshot);
});

test("the snapshot itself comes back if what can't be read is noted already", () => {
  writeFork();
  const fs = failingFs("withFile", dir.at("child.jsonl"), "EIO");
  const snapshot = protectForkParents(fs, dir.scan(), new Set(["parent.jsonl"]));
  expect(protectForkParents(fs, snapshot, new Set(["parent.jsonl"]))).toBe(snapshot);
});
