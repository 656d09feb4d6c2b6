import { execFileSync } from "node:child_process";
import { chmodSync, linkSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { makeTempDir, type TempDir } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { errnoOf } from "../../src/errno.ts";

let dir: TempDir;
beforeEach(() => {
  dir = makeTempDir();
  writeFileSync(at("file"), "0123456789");
});
afterEach(() => dir.dispose());

function at(name: string): string {
  return join(dir.path, name);
}

function errnoFrom(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return errnoOf(error);
  }
}

describe("lstat and stat", () => {
  test("tell what a file is, to the nanosecond", () => {
    chmodSync(at("file"), 0o640);
    linkSync(at("file"), at("second-name"));
    const expected = statSync(at("file"), { bigint: true });
    expect(nodeReadFs.lstat(at("file"))).toEqual({
      kind: "file",
      dev: expected.dev,
      ino: expected.ino,
      size: 10,
      mtimeNs: expected.mtimeNs,
      ctimeNs: expected.ctimeNs,
      mode: 0o640,
      nlink: 2,
      uid: Number(expected.uid),
      gid: Number(expected.gid),
    });
  });

  test("only lstat stops at a link", () => {
    symlinkSync("file", at("link"));
    symlinkSync("nowhere", at("dangling"));
    expect(nodeReadFs.lstat(at("link"))?.kind).toBe("symlink");
    expect(nodeReadFs.stat(at("link"))?.kind).toBe("file");
    expect(nodeReadFs.lstat(at("dangling"))?.kind).toBe("symlink");
    expect(nodeReadFs.stat(at("dangling"))).toBeUndefined();
  });

  test("know a FIFO, a directory and a device", () => {
    execFileSync("mkfifo", [at("fifo")]);
    mkdirSync(at("dir"));
    expect(nodeReadFs.lstat(at("fifo"))?.kind).toBe("fifo");
    expect(nodeReadFs.lstat(at("dir"))?.kind).toBe("directory");
    expect(nodeReadFs.lstat("/dev/null")?.kind).toBe("device");
  });
});

describe("absence", () => {
  const looks = {
    lstat: (path: string) => nodeReadFs.lstat(path),
    stat: (path: string) => nodeReadFs.stat(path),
    readdir: (path: string) => nodeReadFs.readdir(path),
    realpath: (path: string) => nodeReadFs.realpath(path),
    readlink: (path: string) => nodeReadFs.readlink(path),
    withFile: (path: string) => nodeReadFs.withFile(path, () => "opened"),
  };

  test.each(Object.entries(looks))("%s: ENOENT is undefined, ENOTDIR is thrown", (_, look) => {
    expect(look(at("none"))).toBeUndefined();
    expect(errnoFrom(() => look(at("file/below")))).toBe("ENOTDIR");
  });

  test("a callback's own ENOENT is not taken for an absent file", () => {
    const lost = Object.assign(new Error("gone"), { code: "ENOENT" });
    const action = () =>
      nodeReadFs.withFile(at("file"), () => {
        throw lost;
      });
    expect(action).toThrow(lost);
  });
});

test("readdir sorts by code unit", () => {
  for (const name of ["b", "B", "a", "é", "_"]) writeFileSync(at(name), "");
  expect(nodeReadFs.readdir(dir.path)).toEqual(["B", "_", "a", "b", "file", "é"]);
});

test("realpath and readlink", () => {
  symlinkSync("file", at("link"));
  expect(nodeReadFs.realpath(at("link"))).toBe(at("file"));
  expect(nodeReadFs.readlink(at("link"))).toBe("file");
});

describe("withFile", () => {
  test("reads at a position, less than asked only at the end", () => {
    const read = nodeReadFs.withFile(at("file"), (file) => {
      const into = Buffer.alloc(6, ".");
      return { size: file.fact.size, count: file.read(into, 7), into: into.toString() };
    });
    expect(read).toEqual({ size: 10, count: 3, into: "789..." });
  });

  test("closes the file, also when the callback throws", () => {
    const before = readdirSync("/proc/self/fd").length;
    const stop = new Error("stop");
    const failing = () =>
      nodeReadFs.withFile(at("file"), () => {
        throw stop;
      });
    expect(failing).toThrow(stop);
    expect(readdirSync("/proc/self/fd")).toHaveLength(before);
  });

  test("does not follow a link", () => {
    symlinkSync("file", at("link"));
    expect(errnoFrom(() => nodeReadFs.withFile(at("link"), () => "opened"))).toBe("ELOOP");
  });

  test("does not wait on a FIFO or a socket", async () => {
    execFileSync("mkfifo", [at("fifo")]);
    expect(nodeReadFs.withFile(at("fifo"), (file) => file.fact.kind)).toBe("fifo");
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(at("socket"), resolve));
    expect(nodeReadFs.lstat(at("socket"))?.kind).toBe("socket");
    expect(errnoFrom(() => nodeReadFs.withFile(at("socket"), () => "opened"))).toBe("ENXIO");
    await new Promise((resolve) => server.close(resolve));
  });
});
