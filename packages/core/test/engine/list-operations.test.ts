import { fromState, type MemoryFs, writeTree, memoryHost } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { applyPlan, listOperations } from "../../src/engine.ts";
import {
  archive,
  cleanupPlan,
  newFile,
  operationId,
  partOf,
  planOf,
  planOfParts,
  sessionsDir,
  smallStoreState,
  undoPlan,
} from "./operation-scenarios.ts";

const statesOf = (fs: MemoryFs) =>
  listOperations(fs, sessionsDir).map(({ command, state }) => `${command} ${state}`);

test("a store without operations has none", () => {
  expect(listOperations(fromState(smallStoreState()), sessionsDir)).toEqual([]);
});

test("says what was done and when, with the counts of the plan", async () => {
  const fs = fromState(smallStoreState());
  const part = {
    ...partOf(fs, [archive(fs, "s2.jsonl")]),
    rows: [
      { key: "a", sessionId: "s2", action: "prune-stale", reasons: [], ageMs: 1 },
      { key: "b", sessionId: "s1", action: "keep", reasons: [], ageMs: 1 },
    ],
    files: [
      { name: "s2.jsonl", action: "archive-deleted", reasons: [], size: 4 },
      { name: "s1.jsonl", action: "keep", reasons: [], size: 4 },
    ],
  } as const;
  const { operationId: id } = await applyPlan(memoryHost(fs), planOfParts([part], "cleanup"));
  expect(listOperations(fs, sessionsDir)).toEqual([
    {
      id,
      startedAt: expect.any(Number),
      command: "cleanup",
      agentId: "main",
      realDir: sessionsDir,
      parts: [sessionsDir],
      rows: 1,
      files: 1,
      bytes: 4,
      state: "done",
      undoneBy: undefined,
      warnings: [],
    },
  ]);
});

test("an undone operation is named with its undo; one whose undo was undone is done again", async () => {
  const fs = fromState(smallStoreState());
  await applyPlan(memoryHost(fs, 1), cleanupPlan(fs));
  const undo = undoPlan(fs, 0);
  await applyPlan(memoryHost(fs, 2), undo);
  expect(statesOf(fs)).toEqual(["undo done", "test undone"]);
  expect(listOperations(fs, sessionsDir)[1]?.undoneBy).toBe(operationId(fs, 1));

  await applyPlan(memoryHost(fs, 3), undoPlan(fs, 1));
  expect(statesOf(fs)).toEqual(["undo done", "undo undone", "test done"]);
});

test("an undo that left something makes an operation partly undone, until another takes back the rest", async () => {
  const fs = fromState(smallStoreState());
  await applyPlan(memoryHost(fs, 1), cleanupPlan(fs));
  const other = fs.otherProcess();
  other.createFile(`${sessionsDir}/s3.jsonl`, 0o600, (file) => file.write(Buffer.from("another\n")));
  await applyPlan(memoryHost(fs, 2), undoPlan(fs, 0));
  expect(statesOf(fs)).toEqual(["undo done", "test partly-undone"]);

  other.rename(`${sessionsDir}/s3.jsonl`, `${sessionsDir}/mine.txt`);
  await applyPlan(memoryHost(fs, 3), undoPlan(fs, 0));
  expect(statesOf(fs)).toEqual(["undo done", "undo done", "test undone"]);
});

test("an operation that was rolled back says so", async () => {
  const fs = fromState(smallStoreState());
  const plan = planOf(fs, [newFile, archive(fs, "s2.jsonl")]);
  const abort = new AbortController();
  abort.abort();
  await expect(applyPlan(memoryHost(fs), plan, { signal: abort.signal })).rejects.toMatchObject({
    code: "E_INTERRUPTED",
  });
  expect(statesOf(fs)).toEqual(["test rolled-back"]);
});

test("a folder in which nothing is whole yet is an interrupted operation; other names are none", () => {
  const fs = fromState(smallStoreState());
  const id = "20261120T000000000Z-00000001";
  writeTree(fs, `${sessionsDir}/.sessionsmith/operations`, {
    [`${id}/journal.jsonl`]: "0123",
    "something else/journal.jsonl": "x",
  });
  expect(listOperations(fs, sessionsDir)).toMatchObject([
    { id, state: "interrupted", startedAt: undefined, command: undefined, rows: 0 },
  ]);
});
