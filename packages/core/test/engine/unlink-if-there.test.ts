import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTempDir } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { nodeWriteFs } from "../../src/disk/node-write-fs.ts";
import { unlinkIfThere } from "../../src/engine/unlink-if-there.ts";

test("a file goes, one that is gone is no error, and anything else is", () => {
  const { path, dispose } = makeTempDir();
  const file = join(path, "a");
  writeFileSync(file, "a");
  unlinkIfThere(nodeWriteFs, join(file, "below a file"));
  expect(nodeWriteFs.lstat(file)?.size).toBe(1);
  unlinkIfThere(nodeWriteFs, file);
  expect(nodeWriteFs.lstat(file)).toBeUndefined();
  unlinkIfThere(nodeWriteFs, file);
  const refused = () => {
    throw Object.assign(new Error("EACCES"), { code: "EACCES" });
  };
  expect(() => unlinkIfThere({ ...nodeWriteFs, unlink: refused }, file)).toThrow("EACCES");
  dispose();
});
