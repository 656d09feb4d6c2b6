import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import type { Finding } from "../../src/findings/finding.ts";
import { checkFiles } from "../../src/snapshot/check-files.ts";
import { readSessionsDirectory } from "../../src/snapshot/sessions-directory.ts";
import { openStorePlace } from "../../src/snapshot/store-place.ts";
import { failingFs, useStoreDir } from "./store-dir.ts";

const dir = useStoreDir();

function check(fs = nodeReadFs): readonly Finding[] {
  const directory = readSessionsDirectory(fs, openStorePlace(nodeReadFs, dir.target()));
  return directory === undefined ? [] : checkFiles("/real", directory);
}

test("ordinary files and directories are no findings", () => {
  dir.files("a.jsonl", "notes.txt");
  mkdirSync(dir.at("skills-prompts"));
  expect(check()).toEqual([]);
});

test("reports links, special files and directories in the place of files", () => {
  dir.files("a.jsonl");
  linkSync(dir.at("a.jsonl"), dir.outside("second-name"));
  symlinkSync("a.jsonl", dir.at("b.jsonl"));
  execFileSync("mkfifo", [dir.at("c.jsonl")]);
  mkdirSync(dir.at("d.jsonl.lock"));
  expect(check()).toEqual([
    { id: "file-hard-link", severity: "warning", place: { path: "/real/a.jsonl" }, details: { names: 2 } },
    { id: "file-symlink", severity: "warning", place: { path: "/real/b.jsonl" } },
    { id: "file-special", severity: "warning", place: { path: "/real/c.jsonl" }, details: { kind: "fifo" } },
    {
      id: "file-special",
      severity: "warning",
      place: { path: "/real/d.jsonl.lock" },
      details: { kind: "directory" },
    },
  ]);
});

test("reports what can't be looked at", () => {
  dir.files("a.jsonl");
  expect(check(failingFs("lstat", dir.at("a.jsonl"), "EIO"))).toEqual([
    { id: "file-unreadable", severity: "error", place: { path: "/real/a.jsonl" }, details: { errno: "EIO" } },
  ]);
});

test("reports names that a case-folding file system takes for one", () => {
  dir.files(
    "Caf\u00e9.jsonl",
    "cafe\u0301.jsonl",
    "b.jsonl",
    "a.jsonl",
    "A.jsonl",
    "SESSIONS.json",
    "sessions.json",
  );
  expect(check().map(({ id, details }) => [id, details?.["names"]])).toEqual([
    ["file-name-collision", ["A.jsonl", "a.jsonl"]],
    ["file-name-collision", ["Caf\u00e9.jsonl", "cafe\u0301.jsonl"]],
    ["file-name-collision", ["SESSIONS.json", "sessions.json"]],
  ]);
});
