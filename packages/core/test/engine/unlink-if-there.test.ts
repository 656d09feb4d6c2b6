import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTempDir } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { nodeWriteFs } from "../../src/disk/node-write-fs.ts";
import { unlinkIfThere } from "../../src/engine/unlink-if-there.ts";

const readOnly = () => {
  throw Object.assign(new Error("EROFS"), { code: "EROFS" });
};

test("a file goes, and one that is gone is no error", () => {
  const { path, dispose } = makeTempDir();
  const file = join(path, "a");
  writeFileSync(file, "a");
  unlinkIfThere(nodeWriteFs, file);
  expect(nodeWriteFs.lstat(file)).toBeUndefined();
  unlinkIfThere(nodeWriteFs, file);
  dispose();
});

test("a read-only file system refuses whatever the name, and only a file that is there is an error", () => {
  const { path, dispose } = makeTempDir();
  unlinkIfThere({ ...nodeWriteFs, unlink: readOnly }, join(path, "absent"));
  expect(() => unlinkIfThere({ ...nodeWriteFs, unlink: readOnly }, path)).toThrow("EROFS");
  dispose();
});
