import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { makeTempDir, memoryFs, tree } from "@sessionsmith/testkit";
import { array, assert, constantFrom, property, tuple } from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { nodeWriteFs } from "../../src/disk/node-write-fs.ts";
import type { ReadableFile } from "../../src/disk/read-fs.ts";
import type { WriteFs } from "../../src/disk/write-fs.ts";

interface Linker {
  readonly symlink: (target: string, path: string) => void;
}

type Call = (fs: WriteFs & Linker, path: string, other: string) => unknown;

const text = (name: string) => Buffer.from(name);

function readText(file: ReadableFile): string {
  const buffer = Buffer.alloc(64);
  return buffer.toString("utf8", 0, file.read(buffer, 1));
}

const calls: Readonly<Record<string, Call>> = {
  create: (fs, path) => fs.createFile(path, 0o600, (file) => file.write(text("new text"))),
  append: (fs, path) => fs.appendFile(path, (file) => file.write(text("more"))),
  cut: (fs, path) =>
    fs.appendFile(path, (file) => {
      file.truncate(3);
      file.setMode(0o640);
      file.write(text("+"));
    }),
  keepOpen: (fs, path, other) =>
    fs.createFile(path, 0o600, (file) => {
      fs.rename(path, other);
      file.write(text("late"));
      file.sync();
      return readText(file);
    }),
  link: (fs, path, other) => fs.link(path, other),
  rename: (fs, path, other) => fs.rename(path, other),
  unlink: (fs, path) => fs.unlink(path),
  makeDir: (fs, path) => fs.makeDir(path, 0o700),
  removeDir: (fs, path) => fs.removeDir(path),
  symlink: (fs, path, other) => fs.symlink(other, path),
  lstat: (fs, path) => kindAndSize(fs.lstat(path)),
  stat: (fs, path) => kindAndSize(fs.stat(path)),
  readdir: (fs, path) => fs.readdir(path),
  realpath: (fs, path) => fs.realpath(path),
  readlink: (fs, path) => fs.readlink(path),
  read: (fs, path) => fs.withFile(path, readText),
  syncDir: (fs, path) => fs.readdir(path) !== undefined && fs.syncDir(path),
};

const name = constantFrom("a", "b", "d", "d/a", "d/e", "d/e/a", "d/e/../b", "a/a");
const step = tuple(constantFrom(...Object.keys(calls)), name, name);

/** What a call returns or throws, and then the whole tree, with the place of the run taken out. */
function run(
  fs: WriteFs & Linker,
  dir: string,
  steps: readonly (readonly [string, string, string])[],
): unknown {
  const seen = steps.map(([call, path, other]) => {
    try {
      return [call, calls[call]?.(fs, `${dir}/${path}`, `${dir}/${other}`)];
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const { message } = error;
      return [call, Object.assign({ message }, error)];
    }
  });
  const left = [...tree(fs, dir)].map(([path, { kind, mode, nlink, bytes, target }]) => {
    const links = kind === "directory" ? undefined : nlink;
    return [path, kind, mode, links, bytes?.toString("utf8"), target];
  });
  return JSON.parse(JSON.stringify({ seen, left }).replaceAll(dir, "/place"));
}

function kindAndSize(fact: ReturnType<WriteFs["lstat"]>): unknown {
  return fact === undefined ? undefined : [fact.kind, fact.kind === "file" ? fact.size : undefined];
}

test("the memory file system does what the disk does", () => {
  const temp = makeTempDir();
  onTestFinished(temp.dispose);
  let runs = 0;
  assert(
    property(array(step, { minLength: 1, maxLength: 30 }), (steps) => {
      runs += 1;
      const dir = join(temp.path, `run${runs}`);
      mkdirSync(dir);
      const memory = memoryFs();
      memory.makeDir("/place", 0o700);
      const { symlink } = memory.otherProcess();
      expect(run({ ...memory, symlink }, "/place", steps)).toEqual(
        run({ ...nodeWriteFs, symlink: symlinkSync }, dir, steps),
      );
    }),
    { numRuns: 200 },
  );
});
