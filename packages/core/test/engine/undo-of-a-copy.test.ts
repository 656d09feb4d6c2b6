import { fromState, type MemoryFs, memoryFs, memoryHost, tree, writeTree } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { applyPlan, planUndoOf, recoverStore } from "../../src/engine.ts";
import {
  applied,
  cleanupPlan,
  interruptedLate,
  newFile,
  operationId,
  planOf,
  sessionsDir,
  smallStoreState,
} from "./operation-scenarios.ts";

/** The same store on another disk, as a backup brings it back: every inode is another one, every byte and time the same. */
function restored(fs: MemoryFs, shiftNs = 0n, dir = sessionsDir): MemoryFs {
  const copy = memoryFs();
  writeTree(copy, "/elsewhere", { "takes inodes": "1", "and more": "2", "and yet more": "3" });
  for (const [path, { kind, mode, mtimeNs, bytes }] of tree(fs, sessionsDir)) {
    if (kind === "file" && bytes !== undefined)
      writeTree(copy, dir, { [path]: { content: bytes, mode, mtimeNs: mtimeNs + shiftNs } });
  }
  return copy;
}

function visible(fs: MemoryFs, dir = sessionsDir): ReadonlyMap<string, unknown> {
  const files = [...tree(fs, dir)].filter(([path]) => !path.startsWith(".sessionsmith"));
  return new Map(files.map(([path, { mode, mtimeNs, bytes }]) => [path, { mode, mtimeNs, bytes }]));
}

const plans = {
  "a cleanup": cleanupPlan,
  "what made a file": (fs: MemoryFs) => planOf(fs, [newFile]),
};

test.each(Object.entries(plans))(
  "%s is undone, and the undo too, in a store that was restored",
  async (_name, planFor) => {
    const start = smallStoreState();
    const before = visible(fromState(start));
    const first = restored(fromState(await applied(start, planFor)));
    const after = visible(first);
    const undo = planUndoOf(memoryHost(first, 100), {
      realDir: sessionsDir,
      operationId: operationId(first, 0),
    });
    expect(undo.conflicts).toEqual([]);
    const { operationId: id = "" } = await applyPlan(memoryHost(first, 100), undo.plan);
    expect(visible(first)).toEqual(before);

    const second = restored(first);
    const redo = planUndoOf(memoryHost(second, 200), { realDir: sessionsDir, operationId: id });
    expect(redo.conflicts).toEqual([]);
    await applyPlan(memoryHost(second, 200), redo.plan);
    expect(visible(second)).toEqual(after);
  },
);

test.each(Object.entries(plans))(
  "%s is undone in a copy at another place, and the store that it was copied from is left alone",
  async (_name, planFor) => {
    const start = smallStoreState();
    const before = visible(fromState(start));
    const done = fromState(await applied(start, planFor));
    const realDir = "/copy/agents/main/sessions";
    const copy = restored(done, 0n, realDir);
    for (const [path, { bytes }] of tree(done, sessionsDir))
      if (bytes !== undefined) writeTree(copy, sessionsDir, { [path]: bytes });
    const original = visible(copy);
    const { plan, conflicts } = planUndoOf(memoryHost(copy, 100), {
      realDir,
      operationId: operationId(done, 0),
    });
    expect(conflicts).toEqual([]);
    expect(plan.parts.map(({ store }) => store)).toMatchObject([
      { realDir, indexPath: `${realDir}/sessions.json` },
    ]);
    await applyPlan(memoryHost(copy, 100), plan);
    expect(visible(copy, realDir)).toEqual(before);
    expect(visible(copy)).toEqual(original);
  },
);

test("an interrupted operation is not recovered in a copy, which has none of its files", async () => {
  const interrupted = fromState(await interruptedLate(smallStoreState(), cleanupPlan));
  const realDir = "/copy/agents/main/sessions";
  const copy = restored(interrupted, 0n, realDir);
  const calls = copy.mutations();
  await expect(recoverStore(memoryHost(copy, 500), realDir, { lockTimeoutMs: 0 })).rejects.toMatchObject({
    code: "E_JOURNAL_PENDING",
    details: { from: sessionsDir, path: realDir },
  });
  expect(visible(copy, realDir)).toEqual(visible(restored(interrupted, 0n, realDir), realDir));
  expect(copy.mutations()).toBe(calls);
});

test("with other times nobody knows whether a file that was moved is the same: it stays, and its row", async () => {
  const fs = restored(fromState(await applied(smallStoreState(), cleanupPlan)), 1n);
  const { plan, conflicts } = planUndoOf(memoryHost(fs, 100), {
    realDir: sessionsDir,
    operationId: operationId(fs, 0),
  });
  expect(plan.parts.flatMap(({ steps }) => [...steps])).toEqual([]);
  expect(conflicts).toMatchObject([
    { kind: "file", why: "changed-since" },
    { kind: "file", why: "changed-since" },
    { kind: "file", why: "changed-since" },
    { kind: "row", key: "agent:main:direct:2", why: "transcript-stays" },
    { kind: "row", key: "agent:main:direct:3", why: "transcript-stays" },
  ]);
});
