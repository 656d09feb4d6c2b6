import { expect, test } from "vitest";
import type { FileFact } from "../../src/disk/read-fs.ts";
import { classifyFileName } from "../../src/layout/classify-file-name.ts";
import { relateFiles } from "../../src/snapshot/related-files.ts";
import type { StoreFile } from "../../src/snapshot/store-file.ts";

const fact: FileFact = {
  kind: "file",
  dev: 1n,
  ino: 1n,
  size: 0,
  mtimeNs: 0n,
  ctimeNs: 0n,
  mode: 0o600,
  nlink: 1,
  uid: 0,
  gid: 0,
};

function relate(...names: string[]): ReturnType<typeof relateFiles> {
  return relateFiles(
    new Map(
      names.map((name): [string, StoreFile] => [name, { name, fact, nameClass: classifyFileName(name) }]),
    ),
  );
}

const checkpoint = "a.checkpoint.0f14d0ab-9605-4a62-a9e4-5ed26688389b.jsonl";

test("finds what a session's name is in", () => {
  const family = [
    "a.jsonl",
    "a-topic-7.jsonl",
    "2026-11-20T08-09-55-426Z_a.jsonl",
    "other_prefix_a.jsonl",
    "x_a-topic-7.jsonl",
    checkpoint,
    "a.trajectory.jsonl",
    "a.trajectory-path.json",
    "a.jsonl.lock",
    "a.jsonl.codex-app-server.json",
    "a-topic-7.jsonl.lock",
  ];
  const strangers = [
    "aa.jsonl",
    "a-b.jsonl",
    "a.jsonl.deleted.2026-11-20T08-09-55.426Z",
    "a.txt",
    "a.jsonl.bak-12-1795158839729",
    "sessions.json.bak.1",
  ];
  expect(relate(...family, ...strangers).ofSession("a")).toEqual(family.toSorted());
});

test("an id that looks like a topic or a fork is found by all that it may be", () => {
  const related = relate("x_a-topic-b-topic-c.jsonl");
  for (const id of ["x_a-topic-b-topic-c", "a-topic-b-topic-c", "x_a-topic-b", "a-topic-b", "x_a", "a"]) {
    expect(related.ofSession(id)).toEqual(["x_a-topic-b-topic-c.jsonl"]);
  }
  for (const id of ["x", "b", "c", "", "toString"]) expect(related.ofSession(id)).toEqual([]);
});

test("a transcript comes with its sidecars, whatever its name is", () => {
  const related = relate(checkpoint, `${checkpoint}.lock`, "notes.txt", "b.trajectory.jsonl");
  expect(related.ofTranscript(checkpoint)).toEqual([checkpoint, `${checkpoint}.lock`]);
  expect(related.ofTranscript("notes.txt")).toEqual(["notes.txt"]);
  expect(relate("c.jsonl").ofTranscript("c.jsonl")).toEqual(["c.jsonl"]);
  expect(related.ofTranscript("b.jsonl")).toEqual(["b.trajectory.jsonl"]);
  expect(related.ofTranscript("none.txt")).toEqual([]);
});
