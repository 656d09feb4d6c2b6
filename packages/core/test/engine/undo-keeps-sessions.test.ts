import { fromState, type MemoryFs, memoryHost, writeTree } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { applyPlan, planUndoOf } from "../../src/engine.ts";
import { indexEdits } from "../../src/session-index/index-edits.ts";
import {
  applied,
  editIndex,
  newFile,
  operationId,
  planOf,
  removeRows,
  sessionsDir,
  smallStoreState,
  toTrash,
} from "./operation-scenarios.ts";

test.each<[string, string, string]>([
  [
    "a transcript was forked from",
    "child.jsonl",
    `${JSON.stringify({ type: "session", version: 3, id: "child", timestamp: "2026-11-20T00:00:00.000Z", cwd: "/", parentSession: "new.jsonl" })}\n`,
  ],
  ["a row of another index of the directory needs", "other.json", `{"agent:main:x":{"sessionId":"new"}}`],
])("what %s is not taken away by an undo", async (_name, name, content) => {
  const fs = fromState(await applied(smallStoreState(), (disk) => planOf(disk, [newFile])));
  writeTree(fs, sessionsDir, { [name]: content });
  const { plan, conflicts } = planUndoOf(memoryHost(fs, 100), {
    realDir: sessionsDir,
    operationId: operationId(fs, 0),
  });
  expect(conflicts).toEqual([{ kind: "file", path: "new.jsonl", why: "session-stays" }]);
  expect(plan.parts.flatMap(({ steps }) => [...steps])).toEqual([]);
});

test("what a row of another agent's index needs is not taken away by an undo", async () => {
  const fs = fromState(await applied(smallStoreState(), (disk) => planOf(disk, [newFile])));
  const otherDir = sessionsDir.replace("/main/", "/helper/");
  const row = { sessionId: "x", sessionFile: `${sessionsDir}/new.jsonl` };
  writeTree(fs, otherDir, { "sessions.json": JSON.stringify({ "agent:helper:x": row }) });
  const order = { realDir: sessionsDir, operationId: operationId(fs, 0) };
  const otherIndexPaths = [`${otherDir}/sessions.json`];
  expect(planUndoOf(memoryHost(fs, 100), { ...order, otherIndexPaths }).conflicts).toEqual([
    { kind: "file", path: "new.jsonl", why: "session-stays" },
  ]);
  expect(planUndoOf(memoryHost(fs, 100), order).conflicts).toEqual([]);
});

test("a row does not come back without a transcript that a later operation took away", async () => {
  const key = "agent:main:direct:3";
  const fs = fromState(await applied(smallStoreState(), (disk) => planOf(disk, [removeRows(disk, key)])));
  const order = { realDir: sessionsDir, operationId: operationId(fs, 0) };
  expect(planUndoOf(memoryHost(fs, 90), order).conflicts).toEqual([]);
  await applyPlan(memoryHost(fs, 50), planOf(fs, [toTrash(fs, "s3.jsonl")]));
  const { plan, conflicts } = planUndoOf(memoryHost(fs, 100), order);
  expect(conflicts).toEqual([{ kind: "row", key, why: "transcript-stays" }]);
  expect(plan.parts.flatMap(({ steps }) => [...steps])).toEqual([]);
});

test("a row does not go without a transcript that was written since it was made", async () => {
  const insert = [{ key: "agent:main:made", value: { sessionId: "made", updatedAt: 1 } }];
  const making = (disk: MemoryFs) =>
    planOf(disk, [editIndex(disk, (document) => indexEdits(document, { insert }))]);
  const fs = fromState(await applied(smallStoreState(), making));
  const order = { realDir: sessionsDir, operationId: operationId(fs, 0) };
  writeTree(fs, sessionsDir, { "made.jsonl": { content: "{}\n", mtimeNs: 1n } });
  expect(planUndoOf(memoryHost(fs, 90), order).conflicts).toEqual([]);
  fs.otherProcess().unlink(`${sessionsDir}/made.jsonl`);
  writeTree(fs, sessionsDir, { "made.jsonl": { content: "{}\n", mtimeNs: 2n ** 62n } });
  const { plan, conflicts } = planUndoOf(memoryHost(fs, 100), order);
  expect(conflicts).toEqual([{ kind: "row", key: "agent:main:made", why: "transcript-stays" }]);
  expect(plan.parts.flatMap(({ steps }) => [...steps])).toEqual([]);
});

test("a session that was renamed and has gone on does not come back under its former key", async () => {
  const former = "agent:main:direct:3";
  const rekey = new Map([[former, "agent:main:direct:33"]]);
  const renaming = (disk: MemoryFs) =>
    planOf(disk, [editIndex(disk, (document) => indexEdits(document, { rekey }))]);
  const fs = fromState(await applied(smallStoreState(), renaming));
  const replace = new Map([["agent:main:direct:33", new Map([["label", "Ann"]])]]);
  const patching = planOf(fs, [editIndex(fs, (document) => indexEdits(document, { replace }))]);
  await applyPlan(memoryHost(fs, 50), patching);
  const { plan, conflicts } = planUndoOf(memoryHost(fs, 100), {
    realDir: sessionsDir,
    operationId: operationId(fs, 0),
  });
  expect(plan.parts.flatMap(({ steps }) => [...steps])).toEqual([]);
  expect(conflicts).toEqual([
    { kind: "row", key: "agent:main:direct:33", why: "changed-since" },
    { kind: "row", key: former, why: "transcript-stays" },
  ]);
});
