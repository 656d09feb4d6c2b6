import { mkdirSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { type ForkParents, readForkParents } from "../../src/snapshot/fork-parents.ts";
import { failingFs, useStoreDir } from "./store-dir.ts";

const dir = useStoreDir();

function writeTranscript(name: string, parentSession?: unknown, version = 3): void {
  dir.write(name, `${JSON.stringify({ type: "session", version, id: "x", parentSession })}\n`);
}

function read(names: readonly string[], fs = nodeReadFs): { parents: unknown; unread: readonly string[] } {
  dir.index({});
  const found: ForkParents = readForkParents(fs, dir.scan(), names);
  return { parents: Object.fromEntries(found.childrenByParent), unread: found.unread };
}

test("finds parents by path, by name, by session id and by the basename of a path elsewhere", () => {
  for (const parent of ["p1", "p2", "p3", "p4"]) writeTranscript(`${parent}.jsonl`);
  writeTranscript("a.jsonl", dir.at("p1.jsonl"));
  writeTranscript("b.jsonl", "p2.jsonl");
  writeTranscript("c.jsonl", "p3");
  writeTranscript("d.jsonl", "/old/sessions/p4.jsonl");
  writeTranscript("e.jsonl", dir.at("p1.jsonl"));
  writeTranscript("f.jsonl", "none.jsonl");
  expect(read(["a.jsonl", "b.jsonl", "c.jsonl", "d.jsonl", "e.jsonl", "f.jsonl", "p1.jsonl"])).toEqual({
    parents: {
      "p1.jsonl": ["a.jsonl", "e.jsonl"],
      "p2.jsonl": ["b.jsonl"],
      "p3.jsonl": ["c.jsonl"],
      "p4.jsonl": ["d.jsonl"],
    },
    unread: [],
  });
});

test("reads only the given transcripts", () => {
  writeTranscript("p.jsonl");
  writeTranscript("a.jsonl", "p.jsonl");
  writeTranscript("b.jsonl", "p.jsonl");
  expect(read(["b.jsonl"], failingFs("withFile", dir.at("a.jsonl"), "EIO")).parents).toEqual({
    "p.jsonl": ["b.jsonl"],
  });
});

test("protects the sidecars of a parent, and the file that a parent's link leads to", () => {
  writeTranscript("p.jsonl");
  dir.files("p.trajectory.jsonl");
  symlinkSync("p.jsonl", dir.at("link.jsonl"));
  writeTranscript("a.jsonl", "link.jsonl");
  expect(read(["a.jsonl"]).parents).toEqual({ "link.jsonl": ["a.jsonl"], "p.jsonl": ["a.jsonl"] });
  writeTranscript("b.jsonl", "p");
  expect(Object.keys(Object(read(["b.jsonl"]).parents))).toContain("p.trajectory.jsonl");
});

test("what is no transcript, or a second name of one, is no reason not to tell", () => {
  writeTranscript("a.jsonl");
  mkdirSync(dir.at("directory.jsonl"));
  symlinkSync("a.jsonl", dir.at("inside.jsonl"));
  symlinkSync("nowhere.jsonl", dir.at("dangling.jsonl"));
  symlinkSync("directory.jsonl", dir.at("to-directory.jsonl"));
  const names = ["directory.jsonl", "inside.jsonl", "dangling.jsonl", "to-directory.jsonl"];
  expect(read(names)).toEqual({ parents: {}, unread: [] });
  mkdirSync(dir.at("elsewhere"));
  writeTranscript("elsewhere/b.jsonl");
  symlinkSync("elsewhere/b.jsonl", dir.at("outside.jsonl"));
  expect(read(["outside.jsonl"])).toEqual({ parents: {}, unread: ["outside.jsonl"] });
});

test("reads a parent and a newer version however the header spells them", () => {
  writeTranscript("p.jsonl");
  const opening = '{"type":"session","version":3,"id":"x"';
  dir.write("escaped.jsonl", `${opening},"parent\\u0053ession":"p"}\n`);
  dir.write("indented.jsonl", '{ "type": "session", "parentSession": "p", "id": "x" }\n');
  dir.write("again.jsonl", `${opening},"version":4}\n`);
  dir.write("spelled.jsonl", `${opening},"\\u0076ersion":4}\n`);
  dir.write("none.jsonl", `${opening},"cwd":"/w/parentSession"}\n`);
  dir.write("broken.jsonl", `${opening},"cwd\n`);
  const names = ["escaped", "indented", "again", "spelled", "none", "broken"].map((name) => `${name}.jsonl`);
  expect(read(names)).toEqual({
    parents: { "p.jsonl": ["escaped.jsonl", "indented.jsonl"] },
    unread: ["again.jsonl", "spelled.jsonl"],
  });
});

test("says of which transcripts it can't tell", () => {
  writeTranscript("p.jsonl");
  dir.write("damaged.jsonl", '{"type":"session","id":"x","parentSess');
  writeTranscript("newer.jsonl", "p.jsonl", 4);
  writeTranscript("closed.jsonl", "p.jsonl");
  symlinkSync("p.jsonl", dir.at("link.jsonl"));
  dir.write("headless.jsonl", '{"type":"message"}\n');
  dir.write("empty.jsonl", "");
  const names = [
    "damaged.jsonl",
    "newer.jsonl",
    "closed.jsonl",
    "link.jsonl",
    "headless.jsonl",
    "empty.jsonl",
    "gone.jsonl",
  ];
  expect(read(names, failingFs("withFile", dir.at("closed.jsonl"), "EACCES"))).toEqual({
    parents: {},
    unread: ["newer.jsonl", "closed.jsonl"],
  });
});
