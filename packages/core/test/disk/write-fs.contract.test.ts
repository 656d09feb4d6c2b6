import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { makeTempDir, writeFsContract } from "@sessionsmith/testkit";
import { expect, onTestFinished, test } from "vitest";
import { nodeWriteFs as fs } from "../../src/disk/node-write-fs.ts";

const makeFifo = (path: string) => execFileSync("mkfifo", [path]);

test.each(writeFsContract)("nodeWriteFs: $name", ({ check }) => {
  const dir = makeTempDir();
  onTestFinished(dir.dispose);
  const at = (name: string) => join(dir.path, name);
  expect(() => check({ fs, at, symlink: symlinkSync, makeFifo })).not.toThrow();
});
