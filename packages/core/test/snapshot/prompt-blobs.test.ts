import { mkdirSync, renameSync, symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { promptBlobPath } from "../../src/layout/prompt-blob-path.ts";
import { addPromptBlobs } from "../../src/snapshot/prompt-blobs.ts";
import { protectSharedFiles } from "../../src/snapshot/protect-shared-files.ts";
import type { StoreSnapshot } from "../../src/snapshot/store-snapshot.ts";
import { failingFs, useStoreDir } from "./store-dir.ts";

const dir = useStoreDir();
const hashOf = (start: string): string => start.padEnd(64, "0");
const pathOf = (start: string): string => promptBlobPath(hashOf(start));
const rowWith = (start: string): object => ({
  sessionId: "s",
  skillsSnapshot: {
    promptRef: { version: 1, algorithm: "sha256", hash: hashOf(start), bytes: 3 },
    skills: [],
  },
});

function scan(fs = nodeReadFs): StoreSnapshot {
  return addPromptBlobs(fs, dir.scan());
}

function blobs({ files }: StoreSnapshot): readonly string[] {
  return [...files.values()]
    .filter(({ nameClass }) => nameClass.kind === "prompt-blob")
    .map(({ name }) => name);
}

describe("which there are", () => {
  test("prompts by their hash, and nothing that only lies there", () => {
    dir.index({});
    dir.write(pathOf("aa"), "one");
    dir.write(pathOf("bb"), "two");
    dir.write("skills-prompts/sha256/aa/other.txt", "x");
    dir.write(`skills-prompts/sha256/aa/${hashOf("bb")}.txt`, "wrong place");
    dir.write("skills-prompts/notes.txt", "x");
    expect(blobs(scan())).toEqual([pathOf("aa"), pathOf("bb")]);
    expect(scan().files.get(pathOf("aa"))?.fact.size).toBe(3);
  });

  test("a store without any stays as it is", () => {
    dir.index({});
    const snapshot = dir.scan();
    expect(addPromptBlobs(nodeReadFs, snapshot)).toBe(snapshot);
  });

  test.each(["skills-prompts", "skills-prompts/sha256", "skills-prompts/sha256/aa"])(
    "a link at %s is not followed",
    (name) => {
      dir.index({});
      dir.write(pathOf("aa"), "one");
      renameSync(dir.at(name), dir.outside("moved"));
      symlinkSync(dir.outside("moved"), dir.at(name));
      expect(blobs(scan())).toEqual([]);
    },
  );

  test("what can't be listed has none", () => {
    dir.index({});
    dir.write(pathOf("aa"), "one");
    expect(blobs(scan(failingFs("readdir", dir.at("skills-prompts/sha256"), "EACCES")))).toEqual([]);
    mkdirSync(dir.at("skills-prompts/sha256/cc"));
    expect(blobs(scan())).toEqual([pathOf("aa")]);
  });
});

describe("which rows reference them", () => {
  test("by skillsSnapshot.promptRef.hash, shadowed rows too", () => {
    for (const start of ["aa", "bb", "cc", "dd"]) dir.write(pathOf(start), "one");
    const rows = [`"a":${JSON.stringify(rowWith("aa"))}`, `"b":${JSON.stringify(rowWith("aa"))}`];
    const doubled = [`"c":${JSON.stringify(rowWith("bb"))}`, `"c":${JSON.stringify(rowWith("cc"))}`];
    dir.write("sessions.json", `{${[...rows, ...doubled, '"d":{"sessionId":"x"}'].join(",")}}`);
    const { rowsByFile, filesByRow } = scan().references;
    expect(Object.fromEntries(rowsByFile)).toEqual({
      [pathOf("aa")]: ["a", "b"],
      [pathOf("bb")]: ["c"],
      [pathOf("cc")]: ["c"],
    });
    expect(filesByRow.get("c")).toEqual([pathOf("bb"), pathOf("cc")]);
  });

  test("a field whose name is written with an escape", () => {
    dir.write(pathOf("aa"), "one");
    const text = JSON.stringify({ a: rowWith("aa") }).replace("promptRef", "prompt\\u0052ef");
    dir.write("sessions.json", text);
    expect([...scan().references.rowsByFile.keys()]).toEqual([pathOf("aa")]);
  });

  test("a row that is not understood references every hash that stands in it", () => {
    dir.write(pathOf("aa"), "one");
    dir.write("sessions.json", JSON.stringify({ a: [hashOf("aa")] }));
    expect([...scan().references.rowsByFile.keys()]).toEqual([pathOf("aa")]);
  });

  test("rows of another index of the directory protect theirs", () => {
    dir.index({});
    dir.write(pathOf("aa"), "one");
    dir.write(pathOf("bb"), "two");
    dir.write("other.json", JSON.stringify({ a: rowWith("bb") }));
    const { protectedElsewhere } = protectSharedFiles(nodeReadFs, scan(), []).references;
    expect([...protectedElsewhere]).toEqual([pathOf("bb")]);
  });
});
