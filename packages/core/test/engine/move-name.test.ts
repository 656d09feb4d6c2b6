import { type Fault, memoryFs, type MemoryFs, writeTree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { addName, dropName, takeBackName } from "../../src/engine/move-name.ts";

const failing =
  (errno: string): Fault =>
  ({ name }) =>
    name === "link" ? { errno } : undefined;

function disk(fault?: Fault): MemoryFs {
  const fs = memoryFs({ fault });
  writeTree(fs, "/s", { from: "one", taken: "two" });
  return fs;
}

const names = (fs: MemoryFs) => fs.readdir("/s");

describe.each([
  ["with hard links", undefined],
  ["without hard links", failing("EPERM")],
  ["where they are not supported", failing("ENOTSUP")],
  ["of a file with too many", failing("EMLINK")],
])("%s", (_name, fault) => {
  test("a move is complete after both halves, and may be run again after each", () => {
    const fs = disk(fault);
    const ino = fs.lstat("/s/from")?.ino;
    addName(fs, "/s/from", "/s/to");
    addName(fs, "/s/from", "/s/to");
    expect(dropName(fs, "/s/from", "/s/to")).toBe(true);
    addName(fs, "/s/from", "/s/to");
    expect(dropName(fs, "/s/from", "/s/to")).toBe(true);
    expect(names(fs)).toEqual(["taken", "to"]);
    expect(fs.lstat("/s/to")?.ino).toBe(ino);
  });

  test("a name that is taken is never overwritten", () => {
    const fs = disk(fault);
    expect(() => addName(fs, "/s/from", "/s/taken")).toThrow(/link/);
    expect(dropName(fs, "/s/from", "/s/taken")).toBe(false);
    expect(names(fs)).toEqual(["from", "taken"]);
  });

  test("the first half can be taken back, twice", () => {
    const fs = disk(fault);
    addName(fs, "/s/from", "/s/to");
    takeBackName(fs, "/s/from", "/s/to");
    takeBackName(fs, "/s/from", "/s/to");
    expect(names(fs)).toEqual(["from", "taken"]);
  });
});

test("the old name stays while the file has no other", () => {
  const fs = disk();
  expect(dropName(fs, "/s/from", "/s/to")).toBe(false);
  expect(names(fs)).toEqual(["from", "taken"]);
});

test("another error is no reason to rename", () => {
  const fs = disk(failing("EACCES"));
  expect(() => addName(fs, "/s/from", "/s/to")).toThrow(expect.objectContaining({ code: "EACCES" }));
  expect(names(fs)).toEqual(["from", "taken"]);
});

test("a file whose old name somebody gave to another is not taken back over it", () => {
  const fs = disk();
  addName(fs, "/s/from", "/s/to");
  fs.unlink("/s/from");
  writeTree(fs, "/s", { from: "another" });
  takeBackName(fs, "/s/from", "/s/to");
  expect(names(fs)).toEqual(["from", "taken", "to"]);
});
