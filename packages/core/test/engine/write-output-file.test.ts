import { failAt, fromState, memoryFs, type MemoryFs, memoryHost, writeTree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import type { ReadFs } from "../../src/disk/read-fs.ts";
import { writeOutputFile } from "../../src/engine.ts";
import { isStoreError } from "../../src/store-error.ts";

const bytes = Buffer.from("a plan\n");

function disk(): MemoryFs {
  const fs = memoryFs();
  fs.makeDir("/out", 0o755);
  return fs;
}

function codeOf(write: () => void): string | undefined {
  try {
    write();
  } catch (error) {
    if (isStoreError(error)) return error.code;
    throw error;
  }
  return undefined;
}

const write = (fs: MemoryFs, path: string, force = false) =>
  writeOutputFile(memoryHost(fs), path, { bytes, force });

function textAt(fs: ReadFs, path: string): string | undefined {
  return fs.withFile(path, (file) => {
    const buffer = Buffer.alloc(file.fact.size);
    return buffer.toString("utf8", 0, file.read(buffer, 0));
  });
}

test("writes the file for its owner only, and leaves nothing beside it", () => {
  const fs = disk();
  write(fs, "/out/plan");
  expect(fs.readdir("/out")).toEqual(["plan"]);
  expect(fs.lstat("/out/plan")).toMatchObject({ kind: "file", mode: 0o600, size: bytes.length, nlink: 1 });
});

test("an existing file is replaced only by force", () => {
  const fs = disk();
  fs.createFile("/out/plan", 0o644, (file) => file.write(Buffer.from("mine")));
  expect(codeOf(() => write(fs, "/out/plan"))).toBe("E_REFUSED");
  expect(textAt(fs, "/out/plan")).toBe("mine");
  write(fs, "/out/plan", true);
  expect(textAt(fs, "/out/plan")).toBe("a plan\n");
  expect(fs.lstat("/out/plan")?.mode).toBe(0o600);
});

test.each([
  ["/home/agents/main/sessions/sessions.json", "an index"],
  ["/home/agents/main/sessions/s1.jsonl", "a transcript"],
  ["/home/agents/main/sessions/.sessionsmith/operations/1/journal.jsonl", "a journal"],
  ["/home/openclaw.json", "the settings"],
])("%s (%s) is never replaced, not even by force", (path) => {
  const fs = memoryFs();
  writeTree(fs, "/home", {
    "agents/main/sessions/sessions.json": "{}",
    "agents/main/sessions/s1.jsonl": "said",
    "agents/main/sessions/.sessionsmith/operations/1/journal.jsonl": "{}",
    "openclaw.json": "{}",
  });
  const before = textAt(fs, path);
  expect(codeOf(() => write(fs, path, true))).toBe("E_REFUSED");
  expect(textAt(fs, path)).toBe(before);
});

test.each([
  "/home/sessions/.sessionsmith/ledger.jsonl",
  "/home/sessions/.sessionsmith/operations/1/new",
  "/home/sessions/.SessionSmith/ledger.jsonl",
  "/home/link/new",
])("%s would be a new file in our own directory: refused", (path) => {
  const fs = memoryFs();
  writeTree(fs, "/home", {
    "sessions/.sessionsmith/operations/1/journal.jsonl": "{}",
    // On a disk that folds cases it is the same one.
    "sessions/.SessionSmith/x": "",
    link: { symlink: "/home/sessions/.sessionsmith" },
  });
  for (const force of [false, true]) expect(codeOf(() => write(fs, path, force))).toBe("E_REFUSED");
  expect(fs.lstat(path)).toBeUndefined();
});

test.each(["/out/dir", "/out"])("%s is no regular file: refused, by force too", (path) => {
  const fs = disk();
  fs.makeDir("/out/dir", 0o755);
  expect(codeOf(() => write(fs, path, true))).toBe("E_REFUSED");
});

test("a directory that is not there is not made", () => {
  expect(codeOf(() => write(disk(), "/nowhere/plan"))).toBe("E_NOT_FOUND");
});

describe("a failing disk", () => {
  const start = disk().state();
  const whole = fromState(start);
  write(whole, "/out/plan");

  test.each(whole.calls.map(({ name, number }) => ({ name, number })))(
    "at call $number, $name: the file is whole or not there, and nothing lies beside it",
    ({ number }) => {
      const fs = fromState(start, { fault: failAt(number, "EIO") });
      const code = codeOf(() => write(fs, "/out/plan"));
      const present = fs.otherProcess();
      expect(["a plan\n", undefined]).toContain(textAt(present, "/out/plan"));
      expect(code).toBe("E_IO");
      const mayStay = present.readdir("/out")?.filter((name) => name !== "plan") ?? [];
      expect(mayStay).toEqual([]);
    },
  );
});

function pieces(take: (piece: Uint8Array) => void): void {
  for (const piece of ["a ", "plan", "\n"]) take(Buffer.from(piece));
}

function cut(take: (piece: Uint8Array) => void): void {
  take(Buffer.from("half"));
  throw new Error("cut");
}

test("a file may come in pieces; if they end in an error, nothing of it stays", () => {
  const fs = disk();
  const host = memoryHost(fs);
  writeOutputFile(host, "/out/plan", { bytes: pieces, force: false });
  expect(textAt(fs, "/out/plan")).toBe("a plan\n");
  expect(() => writeOutputFile(host, "/out/plan", { bytes: cut, force: true })).toThrow("cut");
  expect(textAt(fs, "/out/plan")).toBe("a plan\n");
  expect(fs.readdir("/out")).toEqual(["plan"]);
});
