import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTempDir, type TempDir } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { readHead, readRange, readTail, readWholeFile } from "../../src/disk/read-bytes.ts";

let dir: TempDir;
let path: string;
beforeEach(() => {
  dir = makeTempDir();
  path = join(dir.path, "file");
  writeFileSync(path, "0123456789");
});
afterEach(() => dir.dispose());

describe("readWholeFile", () => {
  test("yields the bytes and the fact they were read by", () => {
    const whole = readWholeFile(nodeReadFs, path, 10);
    expect(whole).toEqual({ state: "read", bytes: Buffer.from("0123456789"), fact: nodeReadFs.lstat(path) });
  });

  test("loads nothing above the limit", () => {
    expect(readWholeFile(nodeReadFs, path, 9)).toEqual({ state: "too-large", size: 10 });
  });

  test("tells an absent file from one that is no file", () => {
    mkdirSync(join(dir.path, "dir"));
    expect(readWholeFile(nodeReadFs, join(dir.path, "none"), 10)).toEqual({ state: "absent" });
    expect(readWholeFile(nodeReadFs, join(dir.path, "dir"), 10)).toEqual({
      state: "not-a-file",
      kind: "directory",
    });
  });

  test("a file that shrinks meanwhile yields what is left", () => {
    const shrinking = {
      ...nodeReadFs,
      withFile: <T>(name: string, use: Parameters<typeof nodeReadFs.withFile<T>>[1]) =>
        nodeReadFs.withFile(name, (file) =>
          use({ fact: { ...file.fact, size: 12 }, read: (into, position) => file.read(into, position) }),
        ),
    };
    expect(readWholeFile(shrinking, path, 12)).toMatchObject({ bytes: Buffer.from("0123456789") });
  });
});

test.each([
  [4, "0123", "6789", 6],
  [10, "0123456789", "0123456789", 0],
  [99, "0123456789", "0123456789", 0],
  [0, "", "", 10],
])("head and tail of %d bytes", (limitBytes, head, tail, offset) => {
  nodeReadFs.withFile(path, (file) => {
    expect(readHead(file, limitBytes).toString()).toBe(head);
    expect(readTail(file, limitBytes)).toEqual({ bytes: Buffer.from(tail), offset });
  });
});

test("a range that the file does not fill is shorter", () => {
  expect(nodeReadFs.withFile(path, (file) => readRange(file, 8, 15).toString())).toBe("89");
});
