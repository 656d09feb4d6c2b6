import { mkdirSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { protectFromOtherIndexes } from "../../src/snapshot/other-indexes.ts";
import { readSiblingIndexes } from "../../src/snapshot/sibling-indexes.ts";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { useStoreDir } from "./store-dir.ts";

const dir = useStoreDir();

test("finds further indexes by their content, and those that can't be read", () => {
  dir.index({ k: { sessionId: "own" } });
  dir.write("second.json", '{"k":{"sessionId":"a"}}');
  dir.write("settings.json", '{"theme":{"name":"dark"}}');
  dir.write("broken.json", '{"k":');
  dir.write("list.json", "[]");
  symlinkSync("second.json", dir.at("link.json"));
  mkdirSync(dir.at("dir.json"));
  dir.files("a.jsonl", "a.trajectory-path.json", "a.jsonl.codex-app-server.json");
  const snapshot = dir.scan();
  const { indexes, unreadable } = readSiblingIndexes(nodeReadFs, snapshot);
  expect(indexes.map(({ indexPath }) => indexPath)).toEqual([dir.at("second.json")]);
  expect(unreadable).toEqual([dir.at("broken.json"), dir.at("link.json"), dir.at("list.json")]);
  expect(protectFromOtherIndexes(nodeReadFs, snapshot, indexes)).toContain("a.jsonl");
});
