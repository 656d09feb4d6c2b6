import { execFileSync } from "node:child_process";
import { existsSync, symlinkSync, writeFileSync } from "node:fs";
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

test.skipIf(!existsSync("/dev/full"))(
  "a failed write names its own file, not the one that is read meanwhile",
  () => {
    const dir = makeTempDir();
    onTestFinished(dir.dispose);
    const source = join(dir.path, "source");
    writeFileSync(source, "x");
    const write = () =>
      fs.appendFile("/dev/full", (file) => fs.withFile(source, () => file.write(Buffer.from("x"))));
    expect(write).toThrow(expect.objectContaining({ code: "ENOSPC", path: "/dev/full" }));
  },
);
