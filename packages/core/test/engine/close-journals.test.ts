import { fromState, type MemoryFs, memoryHost } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import {
  applyPlan,
  closeJournals,
  listOperations,
  planUndoOf,
  purgeOperations,
  recoverStore,
} from "../../src/engine.ts";
import { cleanupPlan, interruptedLate, sessionsDir, smallStoreState } from "./operation-scenarios.ts";
import { diskTree } from "./store-promises.ts";

const close = (fs: MemoryFs) => closeJournals(memoryHost(fs, 700), sessionsDir, { lockTimeoutMs: 0 });

/** A store on which a cleanup was done, whose journal was cut to so many bytes, counted from the end if negative. */
async function cut(bytes: number): Promise<{ readonly fs: MemoryFs; readonly id: string }> {
  const fs = fromState(smallStoreState());
  const { operationId: id } = await applyPlan(memoryHost(fs), cleanupPlan(fs));
  if (id === undefined) throw new Error("nothing was done");
  const path = `${sessionsDir}/.sessionsmith/operations/${id}/journal.jsonl`;
  const size = fs.lstat(path)?.size ?? 0;
  fs.otherProcess().appendFile(path, (file) => file.truncate(bytes < 0 ? size + bytes : bytes));
  return { fs, id };
}

/** The content of the files of the store, apart from what is an operation's own. */
const bytesOf = (fs: MemoryFs) =>
  Object.fromEntries(
    [...diskTree(fs)].flatMap(([path, entry]) =>
      entry.kind === "file" && !path.includes(".sessionsmith")
        ? [[path, Buffer.from(entry.bytes).toString("utf8")]]
        : [],
    ),
  );

describe("closeJournals", () => {
  test("writes a lost end anew, and the operation can be undone", async () => {
    const { fs, id } = await cut(-30);
    expect(listOperations(fs, sessionsDir)[0]?.state).toBe("interrupted");
    await expect(recoverStore(memoryHost(fs, 600), sessionsDir, { lockTimeoutMs: 0 })).resolves.toEqual([]);
    expect(await close(fs)).toMatchObject([{ id, outcome: "finished", warnings: [expect.any(String)] }]);
    expect(listOperations(fs, sessionsDir)[0]?.state).toBe("done");
    const planNow = () => planUndoOf(memoryHost(fs, 800), { realDir: sessionsDir, operationId: id }).plan;
    await applyPlan(memoryHost(fs, 800), planNow(), { replan: planNow });
    expect(bytesOf(fs)).toEqual(bytesOf(fromState(smallStoreState())));
    expect(await close(fs)).toEqual([]);
  });

  test.each([0, 40])("a journal of which only %i bytes are left needs a decision", async (bytes) => {
    const { fs, id } = await cut(bytes);
    const before = fs.mutations();
    const host = memoryHost(fs, 800);
    const decision = { code: "E_JOURNAL_PENDING", hint: expect.stringContaining("move that folder away") };
    expect(() => planUndoOf(host, { realDir: sessionsDir, operationId: id })).toThrow(
      expect.objectContaining(decision),
    );
    const selection = { operationId: id, olderThanMs: 0, lockTimeoutMs: 0 };
    await expect(purgeOperations(host, sessionsDir, selection)).rejects.toMatchObject(decision);
    await expect(close(fs)).rejects.toMatchObject({ code: "E_JOURNAL_PENDING" });
    expect(listOperations(fs, sessionsDir)).toHaveLength(1);
    expect(before).toBeGreaterThan(0);
  });

  test("leaves what was interrupted to a recovery, and what is whole alone", async () => {
    const interrupted = fromState(await interruptedLate(smallStoreState(), cleanupPlan));
    expect(await close(interrupted)).toEqual([]);
    expect(listOperations(interrupted, sessionsDir)[0]?.state).toBe("interrupted");
    const fs = fromState(smallStoreState());
    await applyPlan(memoryHost(fs), cleanupPlan(fs));
    const calls = fs.mutations();
    expect(await close(fs)).toEqual([]);
    expect(fs.mutations()).toBe(calls);
  });
});
