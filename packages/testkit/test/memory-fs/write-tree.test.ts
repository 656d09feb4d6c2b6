import { expect, test } from "vitest";
import { memoryFs, tree, writeTree } from "../../src/index.ts";

test("a tree is written as told, and read back", () => {
  const fs = memoryFs({ uid: 7, gid: 8 });
  writeTree(fs, "/home/u", {
    "a/text": "abc",
    "a/bytes": Uint8Array.of(0, 255),
    "a/full": { content: "x", mode: 0o644, owner: [1, 2], mtimeNs: 5n },
    b: { directory: true, mode: 0o750, owner: [3, 4] },
    "b/link": { symlink: "../a/text" },
    "b/twin": { hardLink: "a/text" },
    "b/fifo": { special: "fifo" },
    __proto__x: "odd",
  });
  const found = tree(fs, "/home/u");
  expect([...found.keys()]).toEqual([
    "__proto__x",
    "a",
    "a/bytes",
    "a/full",
    "a/text",
    "b",
    "b/fifo",
    "b/link",
    "b/twin",
  ]);
  expect(found.get("a")).toMatchObject({ kind: "directory", mode: 0o700 });
  expect(found.get("a/text")).toMatchObject({
    kind: "file",
    mode: 0o600,
    nlink: 2,
    bytes: Buffer.from("abc"),
  });
  expect(found.get("a/bytes")?.bytes).toEqual(Buffer.of(0, 255));
  expect(found.get("a/full")).toMatchObject({ mode: 0o644, mtimeNs: 5n, nlink: 1 });
  expect(fs.lstat("/home/u/a/full")).toMatchObject({ uid: 1, gid: 2 });
  expect(fs.lstat("/home/u/a/text")).toMatchObject({ uid: 7, gid: 8 });
  expect(fs.lstat("/home/u/b")).toMatchObject({ mode: 0o750, uid: 3, gid: 4 });
  expect(found.get("b/link")).toMatchObject({ kind: "symlink", target: "../a/text" });
  expect(found.get("b/twin")?.ino).toBe(found.get("a/text")?.ino);
  expect(found.get("b/fifo")?.kind).toBe("fifo");
});

test("writing a tree counts as no call of the program", () => {
  const fs = memoryFs();
  writeTree(fs, "/d", { a: "" });
  expect([fs.calls.length, fs.mutations()]).toEqual([0, 0]);
});

test("every change has a time of its own, a millisecond apart", () => {
  const fs = memoryFs({ nowNs: 10n, tickNs: 1_000_000n });
  writeTree(fs, "/", { a: "", b: "" });
  const [a = 0n, b = 0n] = ["/a", "/b"].map((path) => fs.lstat(path)?.mtimeNs);
  expect([(b - a) % 1_000_000n, b > a, a % 1_000_000n]).toEqual([0n, true, 10n]);
});
