import { describe, expect, test } from "vitest";
import {
  Crash,
  crashAt,
  failAt,
  type Fault,
  formatCalls,
  fromState,
  type MemoryFs,
  memoryFs,
  shortWriteAt,
  tree,
} from "../../src/index.ts";

/** 5 changes and 3 reading calls. */
function program(fs: MemoryFs): number {
  fs.lstat("/a");
  const written = fs.createFile("/a", 0o600, (file) => {
    const count = file.write(Buffer.from("0123456789"));
    file.sync();
    return count;
  });
  fs.readdir("/");
  fs.unlink("/a");
  fs.syncDir("/");
  return written;
}

function outcome(fault: Fault): { readonly error: unknown; readonly fs: MemoryFs } {
  const fs = memoryFs({ fault });
  try {
    program(fs);
    return { error: undefined, fs };
  } catch (error) {
    return { error, fs };
  }
}

test("calls are logged in order, each change with its number", () => {
  const fs = memoryFs();
  program(fs);
  expect(formatCalls(fs.calls).split("\n")).toEqual([
    "1 lstat /a",
    "2 (change 1) create /a",
    "3 (change 2) write /a",
    "4 (change 3) fsync /a",
    "5 readdir /",
    "6 (change 4) unlink /a",
    "7 open /",
    "8 (change 5) fsync /",
  ]);
  expect(fs.mutations()).toBe(5);
  expect(() => fs.rename("/a", "/b")).toThrow("ENOENT");
  expect(formatCalls(fs.calls.slice(-1))).toBe("9 (change 6) rename /a -> /b");
});

test("onCall is told of every call before it takes effect", () => {
  const names: (readonly [string, readonly string[] | undefined])[] = [];
  const fs: MemoryFs = memoryFs({ onCall: ({ name }) => names.push([name, fs.otherProcess().readdir("/")]) });
  fs.makeDir("/a", 0o700);
  fs.removeDir("/a");
  expect(names).toEqual([
    ["mkdir", []],
    ["rmdir", ["a"]],
  ]);
});

describe("crashAt", () => {
  test.each([
    [1, []],
    [2, ["a="]],
    [3, ["a=0123456789"]],
    [4, ["a=0123456789"]],
    [5, []],
  ])("change %i and what follows does not happen", (n, left) => {
    const { error, fs } = outcome(crashAt(n));
    expect(error).toBeInstanceOf(Crash);
    const disk = fromState(fs.state());
    expect([...tree(disk, "/")].map(([path, { bytes }]) => `${path}=${bytes?.toString()}`)).toEqual(left);
  });

  test("a program that goes on can't do anything any more", () => {
    const fs = memoryFs({ fault: crashAt(2) });
    const cleanUp = () => {
      try {
        program(fs);
      } finally {
        fs.unlink("/a");
      }
    };
    expect(cleanUp).toThrow(Crash);
    expect(() => fs.lstat("/a")).toThrow(Crash);
    expect(fs.otherProcess().lstat("/a")?.size).toBe(0);
  });

  test("a torn write gets half of its bytes through; any other call none", () => {
    expect(fromState(outcome(crashAt(2, "torn-write")).fs.state()).lstat("/a")?.size).toBe(5);
    expect(fromState(outcome(crashAt(4, "torn-write")).fs.state()).lstat("/a")?.size).toBe(10);
  });

  test("after the last change nothing happens", () => {
    expect(outcome(crashAt(6)).error).toBeUndefined();
  });
});

describe("failAt", () => {
  test.each([
    [1, "EIO", "EIO: i/o error, lstat '/a'"],
    [2, "ENOSPC", "ENOSPC: no space left on device, open '/a'"],
    [3, "ENOSPC", "ENOSPC: no space left on device, write"],
    [4, "EIO", "EIO: i/o error, fsync"],
    [5, "EACCES", "EACCES: permission denied, scandir '/'"],
    [6, "EROFS", "EROFS: read-only file system, unlink '/a'"],
    [7, "EMFILE", "EMFILE: too many open files, open '/'"],
  ])("call %i fails with %s", (n, errno, message) => {
    const { error } = outcome(failAt(n, errno));
    expect(error).toMatchObject({ code: errno, message });
  });

  test.each([
    [3, "write", "/a"],
    [4, "fsync", "/a"],
    [8, "fsync", "/"],
  ])("an error of call %i, on a descriptor, has the path but does not say it", (n, syscall, path) => {
    const { error } = outcome(failAt(n, "EIO"));
    expect(error).toMatchObject({ message: `EIO: i/o error, ${syscall}`, path });
  });

  test("once means that the next call works", () => {
    const fs = memoryFs({ fault: failAt(1, "EIO") });
    expect(() => fs.lstat("/a")).toThrow("EIO");
    expect(program(fs)).toBe(10);
  });

  test("from then on every call fails that can fail so", () => {
    const fs = memoryFs({ fault: failAt(3, "ENOSPC", "from-then-on") });
    expect(() => program(fs)).toThrow("ENOSPC: no space left on device, write");
    expect(() => fs.makeDir("/b", 0o700)).toThrow("ENOSPC");
    fs.unlink("/a");
    expect(fs.readdir("/")).toEqual([]);
  });

  test("a call that can't fail so does not", () => {
    expect(outcome(failAt(6, "ENOSPC")).error).toBeUndefined();
    expect(outcome(failAt(1, "EXDEV", "from-then-on")).error).toBeUndefined();
  });

  test("a failed sync syncs nothing", () => {
    const fs = memoryFs({ fault: failAt(4, "EIO") });
    expect(() => program(fs)).toThrow("EIO");
    expect([...fs.durableStates()].length).toBeGreaterThan(2);
  });
});

test.each([
  [shortWriteAt(3), 5],
  [shortWriteAt(2), 10],
  [shortWriteAt(4), 10],
  [shortWriteAt(1, "from-then-on"), 5],
])("a short write takes half, and tells so", (fault, count) => {
  const fs = memoryFs({ fault });
  expect(program(fs)).toBe(count);
});

test("a closed file can't be used", () => {
  const fs = memoryFs();
  const late = fs.createFile("/a", 0o600, (file) => file);
  expect(() => late.write(Buffer.from("x"))).toThrow("EBADF: bad file descriptor, write");
  expect(fs.lstat("/a")?.size).toBe(0);
});
