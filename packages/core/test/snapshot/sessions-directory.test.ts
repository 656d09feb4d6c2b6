import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { readSessionsDirectory } from "../../src/snapshot/sessions-directory.ts";
import { openStorePlace } from "../../src/snapshot/store-place.ts";
import { failingFs, useStoreDir } from "./store-dir.ts";

const dir = useStoreDir();

function read(fs = nodeReadFs): ReturnType<typeof readSessionsDirectory> {
  return readSessionsDirectory(fs, openStorePlace(nodeReadFs, dir.target()));
}

test("lists everything but the index and the product's own directory, in name order", () => {
  dir.index({});
  dir.files("b.jsonl", "B.jsonl", "a.txt");
  mkdirSync(dir.at(".sessionsmith"));
  mkdirSync(dir.at("skills-prompts"));
  const directory = read();
  expect([...(directory?.files.keys() ?? [])]).toEqual(["B.jsonl", "a.txt", "b.jsonl", "skills-prompts"]);
  const file = directory?.files.get("b.jsonl");
  expect([file?.name, file?.nameClass]).toEqual(["b.jsonl", { kind: "transcript", sessionId: "b" }]);
  expect(file?.fact).toMatchObject(nodeReadFs.lstat(dir.at("b.jsonl")) ?? {});
  expect(directory?.isListed("sessions.json")).toBe(true);
});

test("a name that can't be looked at is kept apart with its errno, a name that is gone is left out", () => {
  dir.files("a.jsonl", "b.jsonl", "c.jsonl");
  const unreadable = read(failingFs("lstat", dir.at("b.jsonl"), "EACCES"));
  expect([...(unreadable?.files.keys() ?? [])]).toEqual(["a.jsonl", "c.jsonl"]);
  expect([...(unreadable?.unreadable ?? [])]).toEqual([["b.jsonl", "EACCES"]]);
  const gone = read(failingFs("lstat", dir.at("b.jsonl"), "ENOENT"));
  expect(gone?.isListed("b.jsonl")).toBe(true);
  expect(gone?.unreadable.size).toBe(0);
});

test("a name that is not valid UTF-8 can't be looked at", () => {
  execFileSync("sh", ["-c", `printf x > "${dir.at("")}/$(printf 'bad-\\377.jsonl')"`]);
  expect([...(read()?.unreadable ?? [])]).toEqual([["bad-\ufffd.jsonl", "ENOENT"]]);
});

test("a directory that is gone is undefined, one that can't be listed is E_IO", () => {
  expect(read({ ...nodeReadFs, readdir: () => undefined })).toBeUndefined();
  expect(() => read(failingFs("readdir", dir.at("."), "EMFILE"))).toThrow(
    expect.objectContaining({ code: "E_IO", message: expect.stringContaining("EMFILE") }),
  );
});

test("what only has the name of the product's own directory is listed", () => {
  dir.index({});
  symlinkSync(dir.at(".."), dir.at(".sessionsmith"));
  expect(read()?.files.get(".sessionsmith")).toMatchObject({
    fact: { kind: "symlink" },
    nameClass: { kind: "foreign" },
  });
});
