import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import type { ReadFs } from "../../src/disk/read-fs.ts";
import { failingFs, useStoreDir } from "./store-dir.ts";

const dir = useStoreDir();

/** Scans a store with one row and says where its transcript is, and which findings tell of it. */
function resolve(row: unknown, fs: ReadFs = nodeReadFs): { transcript: unknown; ids: string[] } {
  dir.index({ k: row });
  const { rows, findings } = dir.scan({ fs });
  return {
    transcript: rows[0]?.transcript,
    ids: findings.filter(({ place }) => place.key === "k").map(({ id }) => id),
  };
}

describe("present", () => {
  test.each([
    ["sessionFile before the session id", { sessionId: "a", sessionFile: "b.jsonl" }, "b.jsonl"],
    [
      "the session id where sessionFile leads to nothing",
      { sessionId: "a", sessionFile: "none.jsonl" },
      "a.jsonl",
    ],
    ["the session id alone", { sessionId: "a" }, "a.jsonl"],
    ["sessionFile alone", { sessionFile: "b.jsonl" }, "b.jsonl"],
    ["a sessionFile of any name", { sessionFile: "notes.txt" }, "notes.txt"],
  ])("%s", (_, row, name) => {
    dir.files("a.jsonl", "b.jsonl", "notes.txt");
    expect(resolve(row)).toEqual({ transcript: { state: "present", name, relocated: false }, ids: [] });
  });

  test("the same basename here, if sessionFile names another directory", () => {
    dir.files("a.jsonl", "b.jsonl");
    expect(resolve({ sessionId: "a", sessionFile: "/old/agents/main/sessions/b.jsonl" })).toEqual({
      transcript: { state: "present", name: "b.jsonl", relocated: true },
      ids: ["session-file-relocated"],
    });
  });

  test("the session id, if a sessionFile outside exists too", () => {
    dir.files("a.jsonl", "../elsewhere.jsonl");
    expect(resolve({ sessionId: "a", sessionFile: dir.outside("elsewhere.jsonl") }).transcript).toMatchObject(
      {
        state: "present",
        name: "a.jsonl",
      },
    );
  });

  test("the directory under another name is not another directory", () => {
    dir.files("b.jsonl");
    symlinkSync("sessions", dir.outside("link"));
    expect(resolve({ sessionId: "a", sessionFile: dir.outside("link/b.jsonl") })).toEqual({
      transcript: { state: "present", name: "b.jsonl", relocated: false },
      ids: [],
    });
  });
});

describe("outside", () => {
  test.each(["absolute", "relative"])("a file elsewhere, by an %s path", (form) => {
    dir.files("../elsewhere.jsonl");
    const path = dir.outside("elsewhere.jsonl");
    expect(
      resolve({ sessionId: "a", sessionFile: form === "absolute" ? path : "x/../../elsewhere.jsonl" }),
    ).toEqual({
      transcript: { state: "outside", path },
      ids: ["session-file-outside"],
    });
  });
});

describe("missing", () => {
  test("if no candidate is there", () => {
    expect(resolve({ sessionId: "a", sessionFile: dir.outside("old/b.jsonl") })).toEqual({
      transcript: {
        state: "missing",
        candidates: [dir.at("b.jsonl"), dir.at("a.jsonl"), dir.outside("old/b.jsonl")],
      },
      ids: ["transcript-missing"],
    });
  });

  test("a dangling link is not missing", () => {
    symlinkSync("nowhere", dir.at("a.jsonl"));
    expect(resolve({ sessionId: "a" }).transcript).toMatchObject({ state: "unknown" });
  });
});

test.each([{}, { sessionId: 7 }, { sessionId: "a/b" }, { sessionFile: "" }, "text", null])(
  "%j names none",
  (row) => {
    expect(resolve(row)).toEqual({ transcript: { state: "unnamed" }, ids: expect.any(Array) });
  },
);

describe("unknown", () => {
  const errnos = ["EACCES", "EMFILE", "EIO", "ENOMEM", "ENOTDIR", "ELOOP"];

  test.each(errnos)("%s on the look at a listed candidate", (errno) => {
    dir.files("a.jsonl", "b.jsonl");
    const path = dir.at("b.jsonl");
    expect(resolve({ sessionId: "a", sessionFile: "b.jsonl" }, failingFs("lstat", path, errno))).toEqual({
      transcript: { state: "unknown", path, errno },
      ids: ["transcript-unknown"],
    });
  });

  test.each(errnos)("%s on the look at a candidate that was not listed", (errno) => {
    const path = dir.at("a.jsonl");
    expect(resolve({ sessionId: "a" }, failingFs("lstat", path, errno)).transcript).toEqual({
      state: "unknown",
      path,
      errno,
    });
  });

  test.each(errnos)("%s on the look at a path outside", (errno) => {
    const path = dir.outside("elsewhere.jsonl");
    expect(
      resolve({ sessionId: "a", sessionFile: path }, failingFs("lstat", path, errno)).transcript,
    ).toEqual({
      state: "unknown",
      path,
      errno,
    });
  });

  test("a candidate that came into being after the directory was listed", () => {
    const fs: ReadFs = { ...nodeReadFs, readdir: () => ["sessions.json"] };
    dir.files("a.jsonl");
    expect(resolve({ sessionId: "a" }, fs).transcript).toEqual({ state: "unknown", path: dir.at("a.jsonl") });
  });

  test("a candidate that is gone since the directory was listed", () => {
    dir.files("a.jsonl");
    expect(resolve({ sessionId: "a" }, failingFs("lstat", dir.at("a.jsonl"), "ENOENT")).transcript).toEqual({
      state: "unknown",
      path: dir.at("a.jsonl"),
    });
  });

  test("what is no regular file, here or elsewhere", () => {
    execFileSync("mkfifo", [dir.at("fifo.jsonl"), dir.outside("fifo.jsonl")]);
    mkdirSync(dir.at("dir.jsonl"));
    symlinkSync("b.jsonl", dir.at("link.jsonl"));
    dir.files("b.jsonl");
    for (const name of ["fifo.jsonl", "dir.jsonl", "link.jsonl"]) {
      expect(resolve({ sessionId: "b", sessionFile: name }).transcript).toEqual({
        state: "unknown",
        path: dir.at(name),
      });
    }
    const path = dir.outside("fifo.jsonl");
    writeFileSync(dir.at("unrelated"), "");
    expect(resolve({ sessionId: "z", sessionFile: `../fifo.jsonl/../fifo.jsonl` }).transcript).toEqual({
      state: "unknown",
      path: dir.at("fifo.jsonl"),
    });
    expect(resolve({ sessionId: "z", sessionFile: path }).transcript).toMatchObject({ state: "unknown" });
  });

  test.each([
    "sessions.json",
    "SESSIONS.JSON",
    "./sessions.json",
    ".",
    "a.jsonl.lock",
    ".sessionsmith",
    "b\0.jsonl",
  ])("a sessionFile that is never used: %j", (sessionFile) => {
    expect(resolve({ sessionId: "a", sessionFile })).toEqual({
      transcript: { state: "unknown", path: sessionFile },
      ids: ["session-file-unsafe", "transcript-unknown"],
    });
    dir.files("a.jsonl");
    expect(resolve({ sessionId: "a", sessionFile }).transcript).toMatchObject({
      state: "present",
      name: "a.jsonl",
    });
  });
});
