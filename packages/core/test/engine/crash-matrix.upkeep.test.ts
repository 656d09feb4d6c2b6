import { fromState, type MemoryFs, type MemoryFsState, writeTree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { commitIndex, listOperations, purgeOperations, readLedger } from "../../src/engine.ts";
import { removeRowsEdits } from "../../src/session-index/remove-rows-edits.ts";
import { crashCounter } from "./crash-count.ts";
import { memoryHost } from "./memory-host.ts";
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
import { checkIndexIsWhole, checkPromises, diskTree, isEqualTree, storePromises } from "./store-promises.ts";

const run = crashCounter("ledger, purge, commitIndex");
const ledger = `${sessionsDir}/.sessionsmith/ledger.jsonl`;

describe("a crash while the ledger grows", () => {
  test("after a line that an earlier crash cut", { timeout: 60_000 }, async () => {
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
    const purged = `${sessionsDir}/.sessionsmith/operations/${id}`;
    const isPurged = (path: string) => path.startsWith(purged);
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

const commit = (fs: MemoryFs) =>
  commitIndex(memoryHost(fs), {
    realDir: sessionsDir,
    indexPath,
    edit: (document) => removeRowsEdits(document, new Set(["agent:main:direct:2"])),
    lockTimeoutMs,
  });

describe("a crash in a change of the index that is no operation", () => {
  test("leaves the old index or the new one, and nothing of ours but a temporary file of the index", async () => {
    const start = smallStoreState();
    const after = fromState(start);
    await expect(commit(after)).resolves.toBe(1);
    const promises = storePromises([sessionsDir], fromState(start), [after]);
    expect(
      await run({
        name: "commitIndex",
        start,
        run: commit,
        recover: async (fs) => {
          for (const name of fs.readdir(sessionsDir) ?? []) {
            // As OpenClaw and a cleanup do with the temporary files of an index whose writer is gone.
            if (/^sessions\.json\.1\.[0-9a-f-]{36}\.tmp$/.test(name)) fs.unlink(`${sessionsDir}/${name}`);
          }
          await recover(fs);
        },
        checkCrashed: (crashed) => checkIndexIsWhole(promises, crashed),
        // The old index is not kept: a change that is no operation can't be taken back.
        check: (recovered) => checkPromises({ ...promises, before: new Map() }, recovered),
      }),
    ).toBeGreaterThan(20);
  });
});
