import { linkSync, mkdirSync } from "node:fs";
import { expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { discountOwnLinks } from "../../src/snapshot/own-links.ts";
import { readSessionsDirectory, type SessionsDirectory } from "../../src/snapshot/sessions-directory.ts";
import { openStorePlace } from "../../src/snapshot/store-place.ts";
import { failingFs, useStoreDir } from "./store-dir.ts";

const dir = useStoreDir();
const kept = ".sessionsmith/operations/op-1/files";

function read(): SessionsDirectory {
  const directory = readSessionsDirectory(nodeReadFs, openStorePlace(nodeReadFs, dir.target()));
  if (directory === undefined) throw new Error("the test's directory is gone");
  return directory;
}

function linksOf(directory: SessionsDirectory): unknown {
  return Object.fromEntries([...directory.files].map(([name, { fact }]) => [name, fact.nlink]));
}

test("names under .sessionsmith are not counted, others are", () => {
  dir.files("a.jsonl", "b.jsonl", "c.jsonl");
  mkdirSync(dir.at(kept), { recursive: true });
  linkSync(dir.at("a.jsonl"), dir.at(`${kept}/000001`));
  linkSync(dir.at("b.jsonl"), dir.at(`${kept}/000002`));
  linkSync(dir.at("b.jsonl"), dir.outside("second-name"));
  expect(linksOf(discountOwnLinks(nodeReadFs, dir.at("."), read()))).toEqual({
    "a.jsonl": 1,
    "b.jsonl": 2,
    "c.jsonl": 1,
  });
});

test("what can't be read there is not taken off", () => {
  dir.files("a.jsonl");
  mkdirSync(dir.at(kept), { recursive: true });
  linkSync(dir.at("a.jsonl"), dir.at(`${kept}/000001`));
  const fs = failingFs("readdir", dir.at(kept), "EACCES");
  expect(linksOf(discountOwnLinks(fs, dir.at(""), read()))).toEqual({ "a.jsonl": 2 });
});

test("is not looked into where every file has one name", () => {
  dir.files("a.jsonl");
  mkdirSync(dir.at(kept), { recursive: true });
  const directory = read();
  expect(discountOwnLinks(failingFs("readdir", dir.at(".sessionsmith"), "EIO"), dir.at(""), directory)).toBe(
    directory,
  );
});
