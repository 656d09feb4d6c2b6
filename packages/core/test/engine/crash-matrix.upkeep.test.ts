import { fromState, type MemoryFs, type MemoryFsState, writeTree, memoryHost } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import {
  applyPlan,
  commitIndex,
  type EngineHost,
  listOperations,
  purgeOperations,
  readLedger,
} from "../../src/engine.ts";
import { removeRowsEdits } from "../../src/session-index/remove-rows-edits.ts";
import { crashCounter } from "./crash-count.ts";
import {
  applied,
  applyScenario,
  cleanupPlan,
  indexPath,
  lockTimeoutMs,
  newFile,
  operationId,
  planOf,
  recordEnds,
  recover,
  removeRows,
  replaceFile,
  sessionsDir,
  smallStoreState,
  toTrash,
} from "./operation-scenarios.ts";
import {
  checkIndexIsWhole,
  checkPromises,
  checkTidy,
  diskTree,
  isEqualTree,
  storePromises,
} from "./store-promises.ts";

const run = crashCounter("ledger, purge, commitIndex");
const ledger = `${sessionsDir}/.sessionsmith/ledger.jsonl`;

describe("a crash while the ledger grows", () => {
  test("after a line that an earlier crash cut", async () => {
    const kept = `{"type":"ended","key":"a","operation":"o","at":1}`;
    const fs = fromState(smallStoreState());
    writeTree(fs, sessionsDir, { ".sessionsmith/ledger.jsonl": `${kept}\n{"type":"ended","ke` });
    const scenario = await applyScenario("ledger", fs.state(), cleanupPlan);
    expect(
      await run({
        ...scenario,
        check: (recovered, crashed) => {
          scenario.check(recovered, crashed);
          const [first] = readLedger(recovered, ledger);
          if (JSON.stringify(first) !== kept) throw new Error("the first line of the ledger is lost");
        },
      }),
    ).toBeGreaterThan(20);
  });
});

/** A store with two operations that are over; the first is to be purged. */
async function withTwoOperations(): Promise<MemoryFsState> {
  const once = await applied(smallStoreState(), (fs) =>
    planOf(fs, [
      recordEnds("agent:main:direct:2"),
      newFile,
      removeRows(fs, "agent:main:direct:2"),
      toTrash(fs, "s2.jsonl"),
      toTrash(fs, "s2.trajectory.jsonl"),
    ]),
  );
  return applied(
    once,
    (fs) => planOf(fs, [replaceFile(fs, "s1.jsonl"), toTrash(fs, "notes.txt"), toTrash(fs, "orphan.jsonl")]),
    2,
  );
}

describe("a crash in a purge", () => {
  test("touches nothing but the purged operation, and a second purge finishes", async () => {
    const start = await withTwoOperations();
    const id = operationId(fromState(start), 0);
    const own = `${sessionsDir}/.sessionsmith`;
    const isPurged = (path: string) =>
      path.startsWith(`${own}/operations/${id}`) || path === `${own}/open/${id}`;
    const before = diskTree(fromState(start));
    const checkRest = (fs: MemoryFs) => {
      if (!isEqualTree(diskTree(fs), before, isPurged)) throw new Error("something else was touched");
    };
    const purge = (fs: MemoryFs) =>
      purgeOperations(memoryHost(fs), sessionsDir, { olderThanMs: 0, operationId: id, lockTimeoutMs });
    expect(
      await run({
        name: "purge",
        start,
        run: purge,
        checkCrashed: checkRest,
        recover: async (fs) => {
          if (listOperations(fs, sessionsDir).some((one) => one.id === id && one.state === "done"))
            await purge(fs);
          await recover(fs);
        },
        check: (recovered) => {
          checkRest(recovered);
          if ([...diskTree(recovered).keys()].some(isPurged)) throw new Error("the purge is not complete");
        },
      }),
    ).toBeGreaterThan(20);
  });
});

const commit = (fs: MemoryFs, host = memoryHost(fs)) =>
  commitIndex(host, {
    realDir: sessionsDir,
    indexPath,
    edit: (document) => {
      const rows = document.rows.filter(({ key }) => key === "agent:main:direct:2");
      return removeRowsEdits(document, new Set(rows.map(({ key }) => key)));
    },
    lockTimeoutMs,
  });

let firstId = 1;

const isMade = (fs: MemoryFs) => fs.lstat(`${sessionsDir}/new.jsonl`) !== undefined;

/** A program that starts when the temporary files of the crash have become old enough; its ids are none that were there. */
function laterHost(fs: MemoryFs): EngineHost {
  const host = memoryHost(fs, (firstId += 1000));
  return { ...host, clock: { now: () => host.clock.now() + 10 * 60_000 } };
}

describe("a crash in a change of the index that is no operation", () => {
  test("leaves the old index or the new one, and a temporary file that the next commit sweeps", async () => {
    const start = smallStoreState();
    const after = fromState(start);
    await expect(commit(after)).resolves.toBe(1);
    const promises = storePromises([sessionsDir], fromState(start), [after]);
    expect(
      await run({
        name: "commitIndex",
        start,
        run: (fs) => commit(fs),
        recover: (fs) => commit(fs, laterHost(fs)),
        checkCrashed: (crashed) => checkIndexIsWhole(promises, crashed),
        // The old index is not kept: a change that is no operation can't be taken back.
        check: (recovered) => checkPromises({ ...promises, before: new Map() }, recovered),
      }),
    ).toBeGreaterThan(20);
  });

  test("leaves a temporary file that the next operation sweeps", async () => {
    const start = smallStoreState();
    expect(
      await run({
        name: "commitIndex, then an operation",
        start,
        run: (fs) => commit(fs),
        recover: async (fs) => {
          await recover(fs);
          if (!isMade(fs)) await applyPlan(laterHost(fs), planOf(fs, [newFile]));
        },
        check: (recovered) => {
          checkTidy(diskTree(recovered));
          if (!isMade(recovered)) throw new Error("the operation was not done");
        },
      }),
    ).toBeGreaterThan(20);
  });
});
