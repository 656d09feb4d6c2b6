import { fromState, type MemoryFs, type MemoryFsState, writeTree, memoryHost } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { applyPlan, listOperations, planPurge, purgeOperations } from "../../src/engine.ts";
import { crashStates } from "./crash-matrix.ts";
import {
  applied,
  archive,
  cleanupPlan,
  interruptedLate,
  newFile,
  operationId,
  partOf,
  planOf,
  planOfParts,
  recover,
  sessionsDir,
  smallStoreState,
  toTrash,
} from "./operation-scenarios.ts";

const lockTimeoutMs = 0;
const hourMs = 3_600_000;

/** Purges an hour after the operations. */
function purge(fs: MemoryFs, id: string | undefined, olderThanMs = 0): ReturnType<typeof purgeOperations> {
  const host = memoryHost(fs);
  const clock = { now: () => host.clock.now() + hourMs };
  const selection = { olderThanMs, operationId: id, lockTimeoutMs };
  return purgeOperations({ ...host, clock }, sessionsDir, selection);
}

const ids = (fs: MemoryFs) => listOperations(fs, sessionsDir).map(({ id }) => id);

test("gives back what has no other name: retired files and the index as it was", async () => {
  const fs = fromState(await applied(smallStoreState(), cleanupPlan));
  const before = fs.lstat(`${sessionsDir}/.sessionsmith/operations/${operationId(fs, 0)}/index.before`)?.size;
  const id = operationId(fs, 0);
  const expected = [{ id, files: 1, reclaimedBytes: (before ?? 0) + "two's trajectory\n".length }];
  expect(planPurge(memoryHost(fs), sessionsDir, { olderThanMs: 0, operationId: id })).toEqual(expected);
  await expect(purge(fs, id)).resolves.toEqual(expected);
  expect(ids(fs)).toEqual([]);
});

test("takes what ended long enough ago, and with a name that one only", async () => {
  const first = await applied(smallStoreState(), (fs) => planOf(fs, [toTrash(fs, "notes.txt")]));
  const start = await applied(first, (fs) => planOf(fs, [toTrash(fs, "orphan.jsonl")]), 2);
  const fs = fromState(start);
  await expect(purge(fs, undefined, 2 * hourMs)).resolves.toEqual([]);
  const [newest, oldest] = ids(fs);
  await expect(purge(fs, oldest, 2 * hourMs)).resolves.toHaveLength(1);
  expect(ids(fs)).toEqual([newest]);
  await expect(purge(fs, undefined)).resolves.toHaveLength(1);
  expect(ids(fs)).toEqual([]);
});

test("an unknown operation is E_NOT_FOUND", async () => {
  const fs = fromState(smallStoreState());
  await expect(purge(fs, "20261120T000000000Z-00000001")).rejects.toMatchObject({ code: "E_NOT_FOUND" });
});

test("an operation that is not over stays: by name that is E_REFUSED", async () => {
  const fs = fromState(await interruptedLate(smallStoreState(), cleanupPlan));
  const [id] = ids(fs);
  await expect(purge(fs, id)).rejects.toMatchObject({ code: "E_REFUSED" });
  await expect(purge(fs, undefined)).resolves.toEqual([]);
  expect(ids(fs)).toEqual([id]);
});

/** Every state that a crash in an operation over two stores leaves in which it is over in the first only. */
async function halfOver(otherDir: string): Promise<readonly MemoryFsState[]> {
  const fs = fromState(smallStoreState());
  writeTree(fs, otherDir, { "sessions.json": `{"a":{"sessionId":"o1"}}`, "o1.jsonl": "o\n" });
  const crashed = await crashStates(fs.state(), (disk) =>
    applyPlan(
      memoryHost(disk),
      planOfParts([
        partOf(disk, [archive(disk, "orphan.jsonl")]),
        partOf(disk, [newFile, archive(disk, "o1.jsonl", otherDir)], otherDir),
      ]),
    ),
  );
  return crashed.filter((state) => {
    const states = [sessionsDir, otherDir].map((dir) => listOperations(fromState(state), dir)[0]?.state);
    return states[0] === "done" && states[1] === "interrupted";
  });
}

test("an operation that is not over in another store stays, or that store could not be recovered", async () => {
  const otherDir = "/state/agents/other/sessions";
  const states = await halfOver(otherDir);
  expect(states.length).toBeGreaterThan(0);
  for (const state of states) {
    const fs = fromState(state);
    // oxlint-disable-next-line no-await-in-loop -- one state after the other
    expect(await purge(fs, undefined)).toEqual([]);
    // oxlint-disable-next-line no-await-in-loop -- one state after the other
    await recover(fs, otherDir);
    expect(fs.lstat(`${otherDir}/new.jsonl`)?.kind).toBe("file");
    // oxlint-disable-next-line no-await-in-loop -- one state after the other
    expect(await purge(fs, undefined)).toHaveLength(1);
  }
});
