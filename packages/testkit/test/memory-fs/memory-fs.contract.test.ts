import { expect, test } from "vitest";
import { memoryFs, writeFsContract } from "../../src/index.ts";

const at = (name: string) => (name === "" ? "/place" : `/place/${name}`);

test.each(writeFsContract)("memoryFs: $name", ({ check }) => {
  const fs = memoryFs();
  const { symlink, makeSpecial } = fs.otherProcess();
  fs.makeDir(at(""), 0o700);
  expect(() => check({ fs, at, symlink, makeFifo: (path) => makeSpecial(path, "fifo") })).not.toThrow();
});
