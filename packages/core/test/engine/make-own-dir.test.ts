import { type Fault, fromState, memoryFs, writeTree } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { makeOwnDir } from "../../src/engine/make-own-dir.ts";

const mine = { uid: 1000, gid: 1000 };
const theirs = { uid: 7, gid: 8 };

function disk(fault?: Fault) {
  const fs = memoryFs();
  writeTree(fs, "/s", { file: "x" });
  return fromState(fs.state(), { fault });
}

const refuse =
  (errno: string): Fault =>
  ({ name }) =>
    name === "lchown" ? { errno } : undefined;

test("makes it for its owner, and its name survives a crash", () => {
  const fs = disk();
  makeOwnDir(fs, "/s/own", theirs);
  expect(fs.lstat("/s/own")).toMatchObject({ kind: "directory", mode: 0o700, ...theirs });
  for (const state of fs.durableStates()) expect(fromState(state).readdir("/s")).toEqual(["file", "own"]);
});

test("refuses a link and a file in its place, and writes nothing through it", () => {
  const fs = memoryFs();
  writeTree(fs, "/", { "s/own": "x", "elsewhere/file": "x" });
  const refused = expect.objectContaining({ code: "E_REFUSED" });
  expect(() => makeOwnDir(fs, "/s/own", mine)).toThrow(refused);
  fs.otherProcess().symlink("/elsewhere", "/s/link");
  expect(() => makeOwnDir(fs, "/s/link", mine)).toThrow(refused);
  expect(fs.readdir("/elsewhere")).toEqual(["file"]);
});

test("does nothing if it is there", () => {
  const fs = disk();
  makeOwnDir(fs, "/s/own", mine);
  const calls = fs.mutations();
  makeOwnDir(fs, "/s/own", theirs);
  expect(fs.mutations()).toBe(calls);
});

test("if it can't be given to the owner of the store nothing is left of it", () => {
  const fs = disk(refuse("EPERM"));
  expect(() => makeOwnDir(fs, "/s/own", theirs)).toThrow(
    expect.objectContaining({
      code: "E_REFUSED",
      message: expect.stringMatching(/\/s\/own .*user 7.*EPERM/),
      details: { path: "/s/own", errno: "EPERM", uid: 7 },
    }),
  );
  expect(fs.lstat("/s/own")).toBeUndefined();
});

test("another error is passed on, and nothing is left either", () => {
  const fs = disk(refuse("EIO"));
  expect(() => makeOwnDir(fs, "/s/own", theirs)).toThrow(expect.objectContaining({ code: "EIO" }));
  expect(fs.lstat("/s/own")).toBeUndefined();
});
