import { linkSync, symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { type FileAliases, findFileAliases } from "../../src/snapshot/file-aliases.ts";
import { readSessionsDirectory } from "../../src/snapshot/sessions-directory.ts";
import { openStorePlace } from "../../src/snapshot/store-place.ts";
import { failingFs, useStoreDir } from "./store-dir.ts";

const dir = useStoreDir();

function aliases(fs = nodeReadFs): FileAliases {
  const place = openStorePlace(nodeReadFs, dir.target());
  const directory = readSessionsDirectory(nodeReadFs, place);
  return findFileAliases(fs, place.realDir, directory?.files ?? new Map());
}

describe("of a name", () => {
  test("hard links and symbolic links are one file", () => {
    dir.files("a.jsonl", "other.jsonl");
    linkSync(dir.at("a.jsonl"), dir.at("b.jsonl"));
    symlinkSync("b.jsonl", dir.at("c.jsonl"));
    symlinkSync(dir.at("c.jsonl"), dir.at("d.jsonl"));
    const found = aliases();
    const names = ["a.jsonl", "b.jsonl", "c.jsonl", "d.jsonl"];
    for (const name of names) expect(found.of(name)).toEqual(names);
    expect(found.of("other.jsonl")).toEqual(["other.jsonl"]);
    expect(found.of("none.jsonl")).toEqual(["none.jsonl"]);
  });

  test("a link that leads nowhere, or out, is only itself", () => {
    dir.files("a.jsonl", "../elsewhere.jsonl");
    symlinkSync("nowhere", dir.at("b.jsonl"));
    symlinkSync("../elsewhere.jsonl", dir.at("c.jsonl"));
    symlinkSync("loop.jsonl", dir.at("loop.jsonl"));
    for (const name of ["a.jsonl", "b.jsonl", "c.jsonl", "loop.jsonl"])
      expect(aliases().of(name)).toEqual([name]);
  });

  test("a link that can't be followed is taken for the file that it names", () => {
    dir.files("a.jsonl");
    symlinkSync("./a.jsonl", dir.at("b.jsonl"));
    expect(aliases(failingFs("stat", dir.at("b.jsonl"), "EIO")).of("a.jsonl")).toEqual([
      "a.jsonl",
      "b.jsonl",
    ]);
  });

  test("costs nothing where there are no links", () => {
    dir.files("a.jsonl", "b.jsonl");
    expect(aliases(failingFs("stat", dir.at("a.jsonl"), "EIO")).of("a.jsonl")).toEqual(["a.jsonl"]);
  });
});

describe("at a path", () => {
  test("finds files that a path elsewhere leads to", () => {
    dir.files("a.jsonl", "../stranger.jsonl");
    symlinkSync("sessions/a.jsonl", dir.outside("soft.jsonl"));
    expect(aliases().at(dir.outside("soft.jsonl"))).toEqual(["a.jsonl"]);
    linkSync(dir.at("a.jsonl"), dir.outside("hard.jsonl"));
    expect(aliases().at(dir.outside("hard.jsonl"))).toEqual(["a.jsonl"]);
    expect(aliases().at(dir.outside("stranger.jsonl"))).toEqual([]);
    expect(aliases().at(dir.outside("none.jsonl"))).toEqual([]);
  });

  test("a path that can't be looked at is taken for the file of its name", () => {
    dir.files("a.jsonl");
    const fs = failingFs("stat", "/closed/a.jsonl", "EACCES");
    expect(aliases(fs).at("/closed/a.jsonl")).toEqual(["a.jsonl"]);
    expect(aliases(failingFs("stat", "/closed/x.jsonl", "EACCES")).at("/closed/x.jsonl")).toEqual([]);
  });
});
