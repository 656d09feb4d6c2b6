import { join } from "node:path";
import { formatArchiveStamp } from "@sessionsmith/core";
import type { Host } from "@sessionsmith/core";
import type { RecordedCleanup } from "@sessionsmith/testkit";
import { materializeCase, readCaseText, readRecordedCleanup } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { runCli } from "../fake-io.ts";
import { headerOf, putAged } from "../orphan-store.ts";
import { bareHost, storeNow } from "../store-dirs.ts";
import { namesIn, treeOf } from "../tree-of.ts";
import { agedRow, useStore } from "../used-store.ts";

const store = useStore();
const dayMs = 86_400_000;
const kb = 1024;

/** A store of rows within pruneAfter whose transcripts take 10 KiB each, with a limit. */
function fill(maintenance: object): void {
  const rows = Object.fromEntries([1, 2, 3, 4].map((n) => [`agent:main:direct:${n}`, agedRow(n, n)]));
  store.state().writeStore("main", rows);
  for (const n of [1, 2, 3, 4]) putAged(store, `s${n}.jsonl`, headerOf(`s${n}`).padEnd(10 * kb), n);
  store.state().write("openclaw.json", JSON.stringify({ session: { maintenance } }));
}

describe("the disk budget", () => {
  test("a preview tells it, enforce does it, undo brings every byte back", async () => {
    fill({ maxDiskBytes: "30kb", highWaterBytes: "25kb" });
    const archive = `s9.jsonl.deleted.${formatArchiveStamp(storeNow - 2 * dayMs)}`;
    putAged(store, archive, "x".repeat(kb), 1);
    const before = treeOf(store.state().path);
    const expected = {
      evicted: 2,
      afterCount: 2,
      diskBudget: {
        removedEntries: 2,
        // The archive, and the transcripts of both rows.
        removedFiles: 3,
        freedBytes: 21 * kb,
        maxBytes: 30 * kb,
        highWaterBytes: 25 * kb,
        overBudget: true,
        stillOverBytes: 0,
      },
      archives: { purgedFiles: 0 },
    };
    expect(await store.json("cleanup", "--dry-run")).toMatchObject(expected);
    expect(treeOf(store.state().path)).toEqual(before);
    const done = await store.json("cleanup", "--enforce");
    expect(done).toMatchObject({ ...expected, applied: true });
    expect(store.keys()).toEqual(["agent:main:direct:1", "agent:main:direct:2"].toSorted());
    expect(namesIn(store.at("."))).toEqual(["s1.jsonl", "s2.jsonl", "s2.trajectory.jsonl", "sessions.json"]);
    const next = await store.json("cleanup", "--enforce");
    expect(next).toMatchObject({ operationId: null, diskBudget: { overBudget: false } });
    expect((await store.run(["undo", done.operationId])).status).toBe(0);
    expect(treeOf(store.state().path)).toEqual(before);
  });

  test("a saved plan does the same", async () => {
    fill({ maxDiskBytes: "30kb", highWaterBytes: "25kb" });
    const plan = join(store.state().path, "work", "plan.json");
    await store.run(["cleanup", "--plan-out", plan]);
    expect((await store.run(["apply", plan])).status).toBe(0);
    expect(store.keys()).toHaveLength(2);
  });

  test("the text tells what it comes to, and what still exceeds it", async () => {
    fill({ maxDiskBytes: "30kb", highWaterBytes: "25kb" });
    const { stdout } = await store.run(["cleanup", "--dry-run"]);
    expect(stdout).toMatch(/\nWould enforce disk budget: \d+ -> \d+ bytes \(files 2, entries 2\)\n/);
    store.state().writeStore("main", { "agent:main:main": agedRow(1, 1) });
    putAged(store, "s1.jsonl", "x".repeat(40 * kb), 1);
    const { stdout: held } = await store.run(["cleanup", "--dry-run"]);
    expect(held).toMatch(/\nStill over the disk budget: \d+ bytes that must stay\n/);
  });

  test.each([
    { maxDiskBytes: 0 },
    { maxDiskBytes: "1kb", highWaterBytes: 0 },
    { maxDiskBytes: "-1" },
    { maxDiskBytes: "1 GiB" },
  ])("%j is refused, and nothing is touched", async (maintenance) => {
    fill(maintenance);
    const before = treeOf(store.state().path);
    expect((await store.run(["cleanup", "--enforce"])).status).toBe(2);
    expect(treeOf(store.state().path)).toEqual(before);
  });
});

function later(days = 16): Host {
  return { ...store.host(), clock: { now: () => storeNow + days * dayMs } };
}

async function operations(): Promise<readonly string[]> {
  const document = await store.json("operations");
  return document.operations.map(({ id }: { readonly id: string }) => id);
}

describe("its first step", () => {
  test("purges operations past their retention, says how much, and keeps the others", async () => {
    const { operationId } = await store.json("cleanup", "--enforce");
    fill({ maxDiskBytes: "30kb", highWaterBytes: "25kb" });
    const early = await store.json("cleanup", "--dry-run");
    expect(early.diskBudget).toMatchObject({ expiredTrashBytes: 0 });
    expect(early.diskBudget.reclaimableBytes).toBeGreaterThan(0);
    const preview = await store.run(["cleanup", "--dry-run", "--json"], { host: later() });
    expect(JSON.parse(preview.stdout).diskBudget.expiredTrashBytes).toBe(early.diskBudget.reclaimableBytes);
    expect(await operations()).toEqual([operationId]);
    const done = await store.run(["cleanup", "--enforce", "--json"], { host: later() });
    expect(done.status).toBe(0);
    expect(await operations()).toEqual([JSON.parse(done.stdout).operationId]);
  });

  test("leaves them alone under the limit, and in a plan that is held back", async () => {
    const { operationId } = await store.json("cleanup", "--enforce");
    fill({ maxDiskBytes: "300kb" });
    expect((await store.run(["cleanup", "--enforce"], { host: later() })).status).toBe(0);
    expect(await operations()).toContain(operationId);
    fill({ maxDiskBytes: "30kb", highWaterBytes: "25kb" });
    expect((await store.run(["cleanup", "--enforce"], { host: later(60) })).status).toBe(15);
    expect(await operations()).toContain(operationId);
  });
});

describe("a store with a budget that OpenClaw 2026.5.28 was recorded on", () => {
  const name = "openclaw-2026.5.28-disk-budget";
  const recorded = readRecordedCleanup(name, "dry");

  async function ours(
    ...flags: readonly string[]
  ): Promise<RecordedCleanup & { readonly decisions: readonly Decision[] }> {
    const recordedStore = materializeCase(name);
    try {
      const host = { ...bareHost({ ...store.state() }), clock: { now: () => recordedStore.now } };
      const argv = ["cleanup", "--dry-run", "--json", "--details", "--preset", "openclaw-2026.5", ...flags];
      const { stdout } = await runCli([...argv, "--state-dir", recordedStore.stateDir], { host });
      return JSON.parse(stdout);
    } finally {
      recordedStore.dispose();
    }
  }

  test.each<[string, readonly string[], string]>([
    ["alone", [], "dry-text"],
    ["after other passes", ["--fix-missing", "--fix-dm-scope"], "dry-both-text"],
  ])("evicts the same rows %s", async (_name, flags, run) => {
    const { decisions } = await ours(...flags);
    const found = decisions.map(({ action, sessionId }) => `${action} ${sessionId}`);
    const lines = readCaseText(name, run).split("\n");
    const expected = lines.flatMap((line) => {
      const [, action, sessionId] =
        /^(keep|evict-budget|prune-missing|retire-dm-scope) .* id:(\S+)$/.exec(line) ?? [];
      return action === undefined ? [] : [`${action} ${sessionId}`];
    });
    expect(expected).toHaveLength(54);
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  test.each([
    ["dry-missing", "--fix-missing"],
    ["dry-dm", "--fix-dm-scope"],
  ])("comes to the same number of rows in %s, and keeps what the run archived", async (run, flag) => {
    const { afterCount, diskBudget } = await ours(flag);
    const there = readRecordedCleanup(name, run);
    expect(afterCount).toBe(there.afterCount);
    expect(diskBudget?.removedEntries).toBe(there.diskBudget?.removedEntries);
    expect(diskBudget?.removedFiles).toBeLessThan(there.diskBudget?.removedFiles ?? 0);
  });

  test("comes to the same numbers, but counts the index as it is and not as OpenClaw would write it", async () => {
    const { beforeCount, afterCount, diskBudget } = await ours();
    expect({ beforeCount, afterCount }).toEqual({
      beforeCount: recorded.beforeCount,
      afterCount: recorded.afterCount,
    });
    const { totalBytesBefore: _before, totalBytesAfter: _after, ...same } = { ...recorded.diskBudget };
    expect(diskBudget).toMatchObject({ ...same, totalBytesBefore: 110_210, totalBytesAfter: 30_938 });
    // OpenClaw adds fields to rows when it loads them: 400 bytes to all of them, 75 to those that stay.
    expect(recorded.diskBudget).toMatchObject({ totalBytesBefore: 110_610, totalBytesAfter: 31_013 });
  });
});

interface Decision {
  readonly action: string;
  readonly sessionId: string;
}
