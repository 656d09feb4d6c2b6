import {
  failAt,
  fromState,
  type MemoryFs,
  type MemoryFsState,
  writeTree,
  memoryHost,
} from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { applyPlan, commitIndex, listOperations, recoverStore } from "../../src/engine.ts";
import { openOperationIds } from "../../src/engine/open-operations.ts";
import { crashStates } from "./crash-matrix.ts";
import {
  applied,
  archive,
  cleanupPlan,
  indexPath,
  interruptedLate,
  lockTimeoutMs,
  newFile,
  operationId,
  planOf,
  recover,
  sessionsDir,
  smallStoreState,
} from "./operation-scenarios.ts";

const openDir = `${sessionsDir}/.sessionsmith/open`;

/** Writes the same index once more. */
const sameAgain = () => [{ at: 0, remove: 1, insert: "{" }];

/** A store on which so many operations were done. */
async function withOperations(count: number): Promise<MemoryFsState> {
  let state = smallStoreState();
  for (let n = 1; n <= count; n += 1) {
    const step = { ...newFile, name: `new-${n}.jsonl` };
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    state = await applied(state, (fs) => planOf(fs, [step]), n * 100);
  }
  return state;
}

/** The calls of a recovery and of a commit on a store on which nothing is open. */
async function callsOn(state: MemoryFsState): Promise<readonly string[]> {
  const fs = fromState(state);
  await recoverStore(memoryHost(fs), sessionsDir, { lockTimeoutMs });
  await commitIndex(memoryHost(fs), { realDir: sessionsDir, indexPath, edit: sameAgain, lockTimeoutMs });
  return fs.calls.map(({ name, path }) => `${name} ${path}`);
}

const interrupted = (fs: MemoryFs) =>
  listOperations(fs, sessionsDir)
    .filter(({ state }) => state === "interrupted")
    .map(({ id }) => id);

test("operations that are over cost neither a recovery nor a commit anything", async () => {
  expect(await callsOn(await withOperations(5))).toEqual(await callsOn(await withOperations(1)));
});

test("an operation is open until its end, whether it is done or rolled back", async () => {
  const fs = fromState(await applied(smallStoreState(), cleanupPlan));
  expect(fs.readdir(openDir)).toEqual([]);
  const abort = new AbortController();
  abort.abort();
  const plan = planOf(fs, [newFile]);
  await expect(applyPlan(memoryHost(fs, 50), plan, { signal: abort.signal })).rejects.toMatchObject({
    code: "E_INTERRUPTED",
  });
  expect(fs.readdir(openDir)).toEqual([]);
  const late = fromState(await interruptedLate(smallStoreState(), cleanupPlan));
  expect(openOperationIds(late, sessionsDir)).toEqual([operationId(late, 0)]);
});

test("whatever a crash interrupts is open, and nothing is after a recovery", async () => {
  const states = await crashStates(smallStoreState(), (fs) => applyPlan(memoryHost(fs), cleanupPlan(fs)));
  const found = new Set<number>();
  for (const state of states) {
    const fs = fromState(state);
    found.add(interrupted(fs).length);
    expect(openOperationIds(fs, sessionsDir)).toEqual(expect.arrayContaining([...interrupted(fs)]));
    // oxlint-disable-next-line no-await-in-loop -- one crash after the other
    await recover(fs);
    for (const after of fs.durableStates()) {
      const disk = fromState(after);
      expect(openOperationIds(disk, sessionsDir)).toEqual(expect.arrayContaining([...interrupted(disk)]));
    }
    expect([...interrupted(fs), ...openOperationIds(fs, sessionsDir)]).toEqual([]);
  }
  expect([...found]).toEqual([0, 1]);
});

test("one that could not begin is open no more, at no moment before its folder is gone", async () => {
  const start = smallStoreState();
  const plan = planOf(fromState(start), [newFile, archive(fromState(start), "s2.jsonl")]);
  for (let n = 1; n < 60; n += 1) {
    const states: MemoryFsState[] = [];
    const fs: MemoryFs = fromState(start, {
      fault: failAt(n, "EIO"),
      onCall: ({ mutation }) => {
        if (mutation !== undefined) states.push(...fs.durableStates());
      },
    });
    // oxlint-disable-next-line no-await-in-loop -- one fault after the other
    await applyPlan(memoryHost(fs), plan).catch(() => undefined);
    for (const state of [...states, ...fs.durableStates()]) {
      const disk = fromState(state);
      expect(openOperationIds(disk, sessionsDir)).toEqual(expect.arrayContaining([...interrupted(disk)]));
    }
  }
});

describe("where the directory of open operations is missing", () => {
  test("every journal is read", async () => {
    const fs = fromState(await interruptedLate(await withOperations(1), cleanupPlan));
    for (const name of fs.readdir(openDir) ?? []) fs.unlink(`${openDir}/${name}`);
    fs.removeDir(openDir);
    expect(interrupted(fs)).toHaveLength(1);
    expect(openOperationIds(fs, sessionsDir)).toEqual(interrupted(fs));
    await expect(recover(fs)).resolves.toHaveLength(1);
    expect(interrupted(fs)).toEqual([]);
  });
});

test("other names in it are none of ours", () => {
  const fs = fromState(smallStoreState());
  writeTree(fs, openDir, { ".DS_Store": "" });
  expect(openOperationIds(fs, sessionsDir)).toEqual([]);
});
