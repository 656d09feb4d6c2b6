import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { makeTempDir, type TempDir } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import type { ReadableFile, ReadFs } from "../../src/disk/read-fs.ts";
import { readIndex } from "../../src/session-index/read-index.ts";

const content = '{ "a": { "sessionId": "s" }, "b": null }\n';
let dir: TempDir;
let path: string;
beforeEach(() => {
  dir = makeTempDir();
  path = join(dir.path, "sessions.json");
});
afterEach(() => dir.dispose());

const notRegular = (problem: RegExp) => ({
  state: "unreadable",
  failure: { reason: "not-a-regular-file", problem: expect.stringMatching(problem) },
});

/** The real disk, but that `read` of the open file does something first. */
function reading(before: (file: ReadableFile) => void): ReadFs {
  return {
    ...nodeReadFs,
    withFile: (name, use) =>
      nodeReadFs.withFile(name, (file) =>
        use({
          fact: file.fact,
          read: (into, position) => {
            before(file);
            return file.read(into, position);
          },
        }),
      ),
  };
}

function failWith(code: string): never {
  throw Object.assign(new Error(code), { code });
}

test("yields the document and the fingerprint of the file", () => {
  writeFileSync(path, content);
  const read = readIndex(nodeReadFs, path);
  if (read.state !== "readable") throw new Error(read.state);
  const { dev, ino, size, mtimeNs, ctimeNs } = nodeReadFs.lstat(path) ?? {};
  expect(read.fingerprint).toEqual({ dev, ino, size, mtimeNs, ctimeNs, sha256: read.document.sha256 });
  expect(read.document.bytes.toString()).toBe(content);
  expect(read.document.findings).toMatchObject([{ place: { path, key: "b" } }]);
});

test("only a missing file is absent", () => {
  expect(readIndex(nodeReadFs, path)).toEqual({ state: "absent" });
  writeFileSync(path, "{}");
  expect(readIndex(nodeReadFs, join(path, "sessions.json"))).toMatchObject({
    state: "unreadable",
    failure: { reason: "io", errno: "ENOTDIR" },
  });
});

test("content that is no index is unreadable, with its place", () => {
  writeFileSync(path, content.slice(0, -2));
  expect(readIndex(nodeReadFs, path)).toMatchObject({
    state: "unreadable",
    path,
    failure: { reason: "truncated", offset: 39 },
  });
});

describe("what is no regular file is not followed, waited for or taken for absent", () => {
  test("a link to an index", () => {
    writeFileSync(join(dir.path, "real.json"), content);
    symlinkSync("real.json", path);
    expect(readIndex(nodeReadFs, path)).toMatchObject(notRegular(/symbolic link/));
  });

  test("a dangling link", () => {
    symlinkSync("nowhere.json", path);
    expect(readIndex(nodeReadFs, path)).toMatchObject(notRegular(/symbolic link/));
  });

  test("a directory", () => {
    mkdirSync(path);
    expect(readIndex(nodeReadFs, path)).toMatchObject(notRegular(/directory/));
  });

  test.skipIf(process.platform === "win32")("a FIFO", () => {
    execFileSync("mkfifo", [path]);
    expect(readIndex(nodeReadFs, path)).toMatchObject(notRegular(/fifo/));
  });

  test.skipIf(process.platform === "win32")("a socket", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(path, resolve);
    });
    expect(readIndex(nodeReadFs, path)).toMatchObject(notRegular(/socket/));
    server.close();
  });
});

describe("errors of the disk", () => {
  test.each(["EIO", "EACCES", "EMFILE", "ENOMEM"])("%s is never absent, nor an empty index", (code) => {
    writeFileSync(path, content);
    const failure = { reason: "io", errno: code };
    expect(
      readIndex(
        reading(() => failWith(code)),
        path,
      ),
    ).toMatchObject({ state: "unreadable", failure });
    const opening = { ...nodeReadFs, withFile: () => failWith(code) };
    expect(readIndex(opening, path)).toMatchObject({ state: "unreadable", failure });
    const looking = { ...nodeReadFs, lstat: () => failWith(code) };
    expect(readIndex(looking, path)).toMatchObject({ state: "unreadable", failure });
  });

  test("a mistake of ours is thrown", () => {
    writeFileSync(path, content);
    const broken = reading(() => {
      throw new TypeError("not of the disk");
    });
    expect(() => readIndex(broken, path)).toThrow("not of the disk");
  });

  test("a file that changes while it is read is read again", () => {
    writeFileSync(path, content);
    let reads = 0;
    const fs = reading(() => {
      reads += 1;
      if (reads === 1) writeFileSync(path, '{ "c": {} }');
    });
    const read = readIndex(fs, path);
    expect(read).toMatchObject({
      state: "readable",
      document: { rows: [{ key: "c" }] },
      fingerprint: { size: 11 },
    });
    expect(reads).toBe(2);
  });

  test("so is one that is replaced by another of the same size", () => {
    writeFileSync(path, content);
    const fs = reading(() => {
      if (!existsSync(join(dir.path, "next"))) return;
      renameSync(join(dir.path, "next"), path);
    });
    writeFileSync(join(dir.path, "next"), content.replace("a", "z"));
    expect(readIndex(fs, path)).toMatchObject({
      document: { rows: [{ key: "z" }, { key: "b" }] },
      fingerprint: { ino: nodeReadFs.lstat(path)?.ino },
    });
  });

  test.each(["dev", "ino", "size", "mtimeNs", "ctimeNs"] as const)(
    "another %s afterwards is a change",
    (field) => {
      writeFileSync(path, content);
      const fact = nodeReadFs.lstat(path);
      if (fact === undefined) throw new Error("the file of the test is gone");
      const fs: ReadFs = { ...nodeReadFs, lstat: () => ({ ...fact, [field]: -1n }) };
      expect(readIndex(fs, path)).toMatchObject({ state: "unreadable", failure: { reason: "io" } });
    },
  );

  test("so is a read that ends too early", () => {
    writeFileSync(path, content);
    const fs: ReadFs = {
      ...nodeReadFs,
      withFile: (name, use) =>
        nodeReadFs.withFile(name, (file) => use({ fact: file.fact, read: (into) => into.length - 1 })),
    };
    expect(readIndex(fs, path)).toMatchObject({ state: "unreadable", failure: { reason: "io" } });
  });

  test("a file that changes all the time is given up", () => {
    writeFileSync(path, content);
    let reads = 0;
    const fs = reading(() => {
      reads += 1;
      writeFileSync(path, content + " ".repeat(reads));
    });
    expect(readIndex(fs, path)).toMatchObject({ state: "unreadable", failure: { reason: "io" } });
    expect(reads).toBe(3);
  });
});
