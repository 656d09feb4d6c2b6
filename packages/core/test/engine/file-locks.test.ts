import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { makeTempDir, type TempDir, memoryHost } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ProcessTable } from "../../src/disk/process-table.ts";
import { nodeWriteFs } from "../../src/disk/node-write-fs.ts";
import { fileLocks, type LockHost } from "../../src/engine/file-locks.ts";

let dir: TempDir;
let nextId = 1;
beforeEach(() => {
  dir = makeTempDir();
});
afterEach(() => dir.dispose());

const own = (name: string) => join(dir.path, ".sessionsmith", name);
const ownerIn = (text: string): unknown => JSON.parse(text);
const presentOwner = () => ownerIn(readFileSync(own("lock.owner"), "utf8"));

/** A machine on the real disk whose clock goes on when somebody sleeps; `onSleep` is what happens meanwhile. */
function machine(processes: Partial<ProcessTable> = {}, onSleep: () => void = () => undefined): LockHost {
  const host = memoryHost(nodeWriteFs, (nextId += 1000));
  let nowMs = Date.UTC(2026, 10, 20);
  return {
    ...host,
    clock: { now: () => nowMs },
    processes: { ...host.processes, state: () => "alive", ...processes },
    sleep: (ms) => {
      nowMs += ms;
      onSleep();
      return Promise.resolve();
    },
  };
}

/** The lock as a process left it that did not release it. */
function leaveLock(changes: object = {}): void {
  mkdirSync(own("lock"), { recursive: true });
  const owner = { id: "left", pid: 7, startTicks: null, bootId: "boot", hostName: "host", since: 0 };
  writeFileSync(own("lock.owner"), JSON.stringify({ ...owner, ...changes }));
}

/** The mark of a process that was about to clear the lock away. */
const mark = (pid: number) =>
  writeFileSync(
    own("lock.reap.left"),
    JSON.stringify({ id: "reaper", pid, startTicks: null, bootId: "boot", hostName: "host", since: 0 }),
  );

describe("two acquirers", () => {
  test("the second waits until the first releases", async () => {
    const first = await fileLocks(machine({ pid: 11 })).acquire(dir.path, 0);
    let sleeps = 0;
    const second = await fileLocks(
      machine({ pid: 12 }, () => {
        sleeps += 1;
        if (sleeps === 3) first.release();
      }),
    ).acquire(dir.path, 1000);
    expect(sleeps).toBe(3);
    expect(presentOwner()).toMatchObject({ pid: 12 });
    second.confirmHeld();
    second.release();
    expect(readdirSync(own("."))).toEqual([]);
  });

  test("after its time the second is told who holds it", async () => {
    const first = await fileLocks(machine({ pid: 11 })).acquire(dir.path, 0);
    await expect(fileLocks(machine({ pid: 12 })).acquire(dir.path, 100)).rejects.toMatchObject({
      code: "E_LOCKED",
      message: expect.stringContaining("process 11 on host since 2026-11-20T00:00:00.000Z"),
      details: { pid: 11, path: dir.path },
    });
    first.confirmHeld();
    first.release();
  });

  test("a lock whose holder is not known is not taken before it is stale", async () => {
    mkdirSync(own("lock"), { recursive: true });
    await expect(fileLocks(machine()).acquire(dir.path, 100)).rejects.toThrow("locked by another process");
  });
});

describe("a dead owner", () => {
  const dead: Partial<ProcessTable> = { state: (pid) => (pid === 7 ? "dead" : "alive") };

  test("is replaced at once, and leaves no mark", async () => {
    leaveLock();
    let sleeps = 0;
    const lock = await fileLocks(machine({ ...dead, pid: 12 }, () => (sleeps += 1))).acquire(dir.path, 0);
    expect(sleeps).toBe(0);
    expect(readdirSync(own("."))).toEqual(["lock", "lock.owner"]);
    lock.release();
  });

  test("is replaced by exactly one of two", async () => {
    leaveLock();
    const tries = [21, 22].map((pid) => fileLocks(machine({ ...dead, pid })).acquire(dir.path, 100));
    const results = await Promise.allSettled(tries);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    for (const result of results) if (result.status === "fulfilled") result.value.release();
  });

  test("is left to a living process that marked it first", async () => {
    leaveLock();
    mark(8);
    await expect(fileLocks(machine(dead)).acquire(dir.path, 100)).rejects.toMatchObject({ code: "E_LOCKED" });
    expect(existsSync(own("lock"))).toBe(true);
  });

  test("is replaced if the process that marked it is dead as well", async () => {
    leaveLock();
    mark(7);
    const lock = await fileLocks(machine(dead)).acquire(dir.path, 100);
    expect(readdirSync(own("."))).toEqual(["lock", "lock.owner"]);
    lock.release();
  });

  test.each([
    [
      "before it had said that it holds the lock, or while it released it",
      () => renameSync(own("lock.owner"), own("lock.claim.left")),
    ],
    [
      "when the lock was free again",
      () => {
        rmdirSync(own("lock"));
        renameSync(own("lock.owner"), own("lock.claim.left"));
      },
    ],
    [
      "before its claim was whole",
      () => {
        rmdirSync(own("lock"));
        unlinkSync(own("lock.owner"));
        writeFileSync(own("lock.claim.cut"), '{"id":');
      },
    ],
  ])("killed %s, it is in nobody's way", async (_when, leave) => {
    leaveLock();
    leave();
    const lock = await fileLocks(machine({ ...dead, pid: 12 })).acquire(dir.path, 0);
    expect(presentOwner()).toMatchObject({ pid: 12 });
    lock.release();
    expect(existsSync(own("lock"))).toBe(false);
  });

  test("a living claim keeps a lock without owner from being taken", async () => {
    leaveLock({ pid: 8 });
    renameSync(own("lock.owner"), own("lock.claim.left"));
    await expect(fileLocks(machine(dead)).acquire(dir.path, 100)).rejects.toMatchObject({ code: "E_LOCKED" });
  });

  test.each([
    ["of another user (EPERM) is alive", {}, { state: () => "alive" as const }],
    ["on another machine is not known to be dead", { hostName: "elsewhere" }, dead],
    ["without a boot id is not known to be dead", { bootId: null }, dead],
  ])("one %s", async (_name, changes, processes) => {
    leaveLock(changes);
    await expect(fileLocks(machine(processes)).acquire(dir.path, 100)).rejects.toMatchObject({
      code: "E_LOCKED",
    });
  });
});

describe("a lock that was taken away", () => {
  test("is noticed at the next confirmation, and from then on at every look", async () => {
    const lock = await fileLocks(machine()).acquire(dir.path, 0);
    lock.assertHeld();
    leaveLock({ id: "thief", pid: 99 });
    expect(() => lock.confirmHeld()).toThrow(expect.objectContaining({ code: "E_LOCK_LOST" }));
    expect(() => lock.assertHeld()).toThrow(expect.objectContaining({ code: "E_LOCK_LOST" }));
  });

  test("is not released", async () => {
    const lock = await fileLocks(machine()).acquire(dir.path, 0);
    leaveLock({ id: "thief", pid: 99 });
    lock.release();
    expect(presentOwner()).toMatchObject({ id: "thief" });
    expect(existsSync(own("lock"))).toBe(true);
  });
});

test("a full disk takes no record, but the lock is held and released", async () => {
  const full = Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
  const host = machine();
  const fs = {
    ...nodeWriteFs,
    createFile: () => {
      throw full;
    },
  };
  const lock = await fileLocks({ ...host, fs }).acquire(dir.path, 0);
  expect(existsSync(own("lock"))).toBe(true);
  lock.release();
  expect(readdirSync(own("."))).toEqual([]);
});

test("any other error while the record is written gives the lock back", async () => {
  const broken = Object.assign(new Error("EIO"), { code: "EIO" });
  const fs = {
    ...nodeWriteFs,
    createFile: () => {
      throw broken;
    },
  };
  await expect(fileLocks({ ...machine(), fs }).acquire(dir.path, 0)).rejects.toBe(broken);
  expect(readdirSync(own("."))).toEqual([]);
});
