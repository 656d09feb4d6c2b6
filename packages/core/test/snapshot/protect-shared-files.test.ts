import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { protectSharedFiles } from "../../src/snapshot/protect-shared-files.ts";
import { useStoreDir } from "./store-dir.ts";

const dir = useStoreDir();

function writeElsewhere(name: string, content: string): string {
  const path = dir.outside(name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

function protect(...others: readonly string[]): {
  protectedElsewhere: readonly string[];
  unread: readonly string[];
} {
  const { references } = protectSharedFiles(nodeReadFs, dir.scan(), others);
  return { protectedElsewhere: [...references.protectedElsewhere].toSorted(), unread: references.unread };
}

test("a row of another agent protects the file that it names here", () => {
  dir.index({ "agent:main:main": { sessionId: "a" } });
  dir.files("a.jsonl", "b.jsonl");
  const work = writeElsewhere(
    "work/sessions.json",
    JSON.stringify({ "agent:work:main": { sessionId: "x", sessionFile: dir.at("a.jsonl") } }),
  );
  expect(protect(work)).toEqual({ protectedElsewhere: ["a.jsonl"], unread: [] });
});

test("a second index in the same directory protects what its rows reference", () => {
  dir.index({ "agent:main:main": { sessionId: "a" } });
  dir.files("a.jsonl", "b.jsonl");
  dir.write("other.json", JSON.stringify({ "agent:other:main": { sessionId: "b" } }));
  expect(protect()).toEqual({ protectedElsewhere: ["b.jsonl"], unread: [] });
});

test("an absent index protects nothing, one that can't be read is noted, the own one is skipped", () => {
  dir.index({ "agent:main:main": { sessionId: "a" } });
  dir.files("a.jsonl");
  const broken = writeElsewhere("work/sessions.json", "{");
  expect(protect(dir.outside("none/sessions.json"), broken, dir.at("sessions.json"))).toEqual({
    protectedElsewhere: [],
    unread: [broken],
  });
});

test("below a file there is no index; one that a link to itself hides is noted", () => {
  dir.index({ "agent:main:main": { sessionId: "a" } });
  dir.files("a.jsonl");
  const file = writeElsewhere("work", "");
  const loop = dir.outside("loop");
  symlinkSync(loop, loop);
  expect(protect(`${file}/sessions/sessions.json`, `${loop}/sessions.json`)).toEqual({
    protectedElsewhere: [],
    unread: [`${loop}/sessions.json`],
  });
});
