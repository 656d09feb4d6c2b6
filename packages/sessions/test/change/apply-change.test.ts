import { describe, expect, test } from "vitest";
import { readStoreLedger } from "@sessionsmith/core/engine";
import { tree, type TreeEntry } from "@sessionsmith/testkit";
import { applyChange, type ChangeOptions } from "../../src/change/apply-change.ts";
import { scanForChange, scanOrCreate } from "../../src/change/scan-for-change.ts";
import type { RowTurn, SessionsChange } from "../../src/change/sessions-change.ts";
import { diskWith, now, rowsOf, scopeOn, sessionsDir, transcript, undone, visible } from "./changed-store.ts";

const index = `{
  "agent:main:a": {"sessionId":"s1","updatedAt":1790000000000, "x": 1e2},
  "agent:main:b": {"sessionId":"s2","updatedAt":1790000000001},
  "agent:main:c": {"sessionId":"s2","updatedAt":1790000000002}
}
`;
const files = { "s1.jsonl": transcript("s1"), "s1.trajectory.jsonl": "{}\n", "s2.jsonl": transcript("s2") };

type Turns = Readonly<Record<string, RowTurn>>;

async function changed(turns: Turns, more: Partial<SessionsChange> = {}, options: ChangeOptions = {}) {
  const fs = diskWith({ rows: index, files });
  const before = tree(fs, sessionsDir);
  const scope = scopeOn(fs);
  const settle = () => {
    const snapshot = scanForChange(scope, now);
    const change = { command: "test", policy: {}, now, turns: new Map(Object.entries(turns)), ...more };
    return { snapshot, change, about: snapshot.rows.length };
  };
  return { fs, before, scope, applied: await applyChange(scope, settle, options) };
}

const stateOf = (entries: ReadonlyMap<string, TreeEntry>) =>
  [...entries]
    .filter(([path]) => !path.startsWith(".sessionsmith"))
    .map(([path, { bytes, mode, mtimeNs }]) => ({ path, mode, mtimeNs, text: bytes?.toString("utf8") }));

const gone: RowTurn = { action: "delete", reason: "asked-for", transcriptsTo: "archive-deleted", ends: true };

describe("applyChange", () => {
  test("a row leaves with its files and leaves a record, and undo brings back every byte", async () => {
    const { fs, before, applied } = await changed({ "agent:main:a": gone });
    expect(Object.keys(rowsOf(fs))).toEqual(["agent:main:b", "agent:main:c"]);
    expect(applied.moved.get("s1.jsonl")).toMatch(/s1\.jsonl\.deleted\.2026-/);
    expect(applied.moved.get("s1.trajectory.jsonl")).toContain("/.sessionsmith/operations/");
    expect(applied).toMatchObject({ about: 3, historyRecorded: true, dryRun: false, warnings: [] });
    expect(readStoreLedger(fs, sessionsDir)).toEqual([
      expect.objectContaining({ type: "ended", key: "agent:main:a", sessionId: "s1", reason: "asked-for" }),
    ]);
    await undone(fs, applied.operationId);
    expect(stateOf(tree(fs, sessionsDir))).toEqual(stateOf(before));
  });

  test("a file that another row needs stays, until that leaves too", async () => {
    const one = await changed({ "agent:main:b": gone });
    expect(one.applied.moved.size).toBe(0);
    expect(one.applied.plan.parts[0]?.files).toEqual([
      expect.objectContaining({ name: "s2.jsonl", action: "keep", reasons: ["referenced-by-another-row"] }),
    ]);
    const both = await changed({ "agent:main:b": gone, "agent:main:c": gone });
    expect([...both.applied.moved.keys()]).toEqual(["s2.jsonl"]);
  });

  test("files go where the row says, or stay", async () => {
    const reset = await changed({
      "agent:main:a": { ...gone, action: "change", transcriptsTo: "archive-reset" },
    });
    expect(reset.applied.moved.get("s1.jsonl")).toContain("s1.jsonl.reset.");
    const trashed = await changed({ "agent:main:a": { ...gone, transcriptsTo: "trash" } });
    expect(trashed.applied.moved.get("s1.jsonl")).toContain("/.sessionsmith/operations/");
    const left = await changed({ "agent:main:a": { action: "delete", reason: "asked-for" } });
    expect(left.applied.moved.size).toBe(0);
    expect(visible(left.fs)).toHaveProperty(["s1.jsonl"]);
    expect(left.applied.historyRecorded).toBe(false);
  });

  test("fields change one by one, and what has its value already keeps its bytes", async () => {
    const turn: RowTurn = {
      action: "change",
      reason: "asked-for",
      fields: { x: 100, y: { z: 1 } },
      cleared: ["updatedAt", "none"],
    };
    const { fs } = await changed({ "agent:main:a": turn });
    expect(visible(fs)["sessions.json"]).toContain(
      '"agent:main:a": {"sessionId":"s1","x": 1e2, "y": {"z":1}}',
    );
  });

  test("a change that changes nothing is no operation", async () => {
    const { fs, applied } = await changed({
      "agent:main:a": { action: "change", reason: "asked-for", fields: { x: 100 } },
    });
    expect(applied.operationId).toBeUndefined();
    expect(fs.lstat(`${sessionsDir}/.sessionsmith`)).toBeUndefined();
  });

  test("a row is added, with its transcript", async () => {
    const { fs, applied } = await changed(
      {},
      {
        added: [{ key: "agent:main:d", value: { sessionId: "s9" }, reason: "asked-for" }],
        writes: [
          {
            kind: "write-file",
            phase: "create",
            name: "s9.jsonl",
            content: { source: "inline", text: transcript("s9") },
            mode: 0o600,
            replaces: null,
            reason: "asked-for",
          },
        ],
      },
    );
    expect(rowsOf(fs)["agent:main:d"]).toEqual({ sessionId: "s9" });
    expect(visible(fs)["s9.jsonl"]).toBe(transcript("s9"));
    await undone(fs, applied.operationId);
    expect(visible(fs)).toEqual({ "sessions.json": index, ...files });
  });

  test("a dry run writes nothing and plans the same", async () => {
    const dry = await changed({ "agent:main:a": gone }, {}, { dryRun: true });
    expect(visible(dry.fs)).toEqual({ "sessions.json": index, ...files });
    expect(dry.fs.lstat(`${sessionsDir}/.sessionsmith`)).toBeUndefined();
    const wet = await changed({ "agent:main:a": gone });
    expect(dry.applied.plan.digest).toBe(wet.applied.plan.digest);
  });

  test("the guard sees the store before the first write", async () => {
    const options = { guard: () => Promise.reject(new Error("held")) };
    await expect(changed({ "agent:main:a": gone }, {}, options)).rejects.toThrow("held");
  });

  test("a store that is not there is made", async () => {
    const fs = diskWith({});
    const scope = scopeOn(fs);
    const settle = () => ({
      snapshot: scanOrCreate(scope, now),
      change: {
        command: "test",
        policy: {},
        now,
        turns: new Map<string, RowTurn>(),
        added: [{ key: "agent:main:d", value: { sessionId: "s9" }, reason: "asked-for" }],
      },
      about: undefined,
    });
    expect((await applyChange(scope, settle, { dryRun: true })).plan.parts[0]?.rows).toHaveLength(1);
    expect(fs.lstat(sessionsDir)).toBeUndefined();
    await applyChange(scope, settle, { create: true });
    expect(rowsOf(fs)).toEqual({ "agent:main:d": { sessionId: "s9" } });
    expect(() => scanForChange(scopeOn(fs, 1, "work"), now)).toThrow(
      expect.objectContaining({ code: "E_NOT_FOUND" }),
    );
  });
});
