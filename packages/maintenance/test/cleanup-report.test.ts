import { describe, expect, test } from "vitest";
import type { CleanupPolicy } from "../src/cleanup-policy.ts";
import { cleanupReport } from "../src/cleanup-report.ts";
import type { CleanupReport, CleanupReportInput } from "../src/cleanup-report.ts";
import { planCleanup } from "../src/plan-cleanup.ts";
import { aPolicy } from "./policy-builder.ts";
import { aSnapshot, dayMs, hourMs, now, rowAged } from "./snapshot-builder.ts";

const rows = {
  "agent:main:direct:old": rowAged(60, { sessionId: "s1", model: "gpt-5", label: "Ops" }),
  "agent:main:direct:new": rowAged(1, { sessionId: "s2", label: "Ops" }),
  "agent:main:hook:1": { updatedAt: now - 60 * dayMs },
};

/** The report of the store above, or of its rows under another clock. */
function report(
  input: Partial<CleanupReportInput> = {},
  changes: Partial<CleanupPolicy> = {},
  at: number = now,
): CleanupReport {
  const snapshot = aSnapshot({
    rows,
    files: { "s1.jsonl": {}, "s2.jsonl": {}, "skills-prompts": { kind: "directory" } },
  });
  const policy = aPolicy(changes);
  const plan = planCleanup({ stores: [{ snapshot }], policy, now: at, createdAt: at });
  const [part] = plan.parts;
  if (part === undefined) throw new Error("no part");
  return cleanupReport({ plan, part, snapshot, policy, dryRun: true, ...input });
}

describe("cleanupReport", () => {
  test("a preview", () => {
    expect(report()).toEqual({
      agentId: "main",
      storePath: "/state/agents/main/sessions/sessions.json",
      mode: "enforce",
      dryRun: true,
      preset: "safe",
      beforeCount: 3,
      afterCount: 1,
      missing: 0,
      dmScopeRetired: 0,
      modelRunPruned: 0,
      expired: 0,
      ghosts: 0,
      pruned: 2,
      capped: 0,
      evicted: 0,
      rekeyed: 0,
      repaired: 0,
      staged: 0,
      unreferencedArtifacts: {
        scannedFiles: 3,
        archivedFiles: 0,
        removedFiles: 0,
        freedBytes: 0,
        olderThanMs: 30 * dayMs,
      },
      archives: { purgedFiles: 0, freedBytes: 0 },
      diskBudget: null,
      wouldMutate: true,
      wouldApply: true,
      blockedBy: [],
      errors: [],
      thresholds: {
        pruneAfterMs: 30 * dayMs,
        olderThanMs: null,
        maxEntries: 500,
        minAgeMs: hourMs,
        resetArchiveRetentionMs: 30 * dayMs,
        maxDiskBytes: null,
        highWaterBytes: null,
      },
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test("the run has the same numbers, and what came of it", () => {
    const errors = [{ key: null, sessionId: null, code: "EROFS", message: "s1.jsonl can't be moved" }];
    const outcome = { operationId: "op-1", historyRecorded: false, errors };
    expect(report({ dryRun: false, outcome })).toEqual({
      ...report(),
      dryRun: false,
      errors,
      applied: true,
      appliedCount: 1,
      operationId: "op-1",
      historyRecorded: false,
    });
  });

  test("details list every row and count by label", () => {
    const { decisions, labels } = report({ details: true });
    expect(decisions).toEqual([
      {
        key: "agent:main:direct:old",
        sessionId: "s1",
        action: "prune-stale",
        reasons: ["older-than-prune-after"],
        ageMs: 60 * dayMs,
        model: "gpt-5",
      },
      {
        key: "agent:main:direct:new",
        sessionId: "s2",
        action: "keep",
        reasons: ["within-prune-after"],
        ageMs: dayMs,
        model: null,
      },
      {
        key: "agent:main:hook:1",
        sessionId: null,
        action: "prune-stale",
        reasons: ["older-than-prune-after"],
        ageMs: 60 * dayMs,
        model: null,
      },
    ]);
    expect(labels).toEqual([
      { label: "Ops", kept: 1, removed: 1 },
      { label: null, kept: 0, removed: 1 },
    ]);
  });

  test("a minimum age above prune-after is the age of artifacts", () => {
    const { unreferencedArtifacts } = report({}, { minAgeMs: 40 * dayMs });
    expect(unreferencedArtifacts.olderThanMs).toBe(40 * dayMs);
  });

  test.each([
    ["enforce", {}, now, true, true, []],
    ["warn: a preview shows what enforce would do", { mode: "warn" }, now, true, false, []],
    ["warn, but an order given by hand", { mode: "warn", byHand: true }, now, true, true, []],
    ["nothing to do", { pruneAfterMs: 999 * dayMs }, now, false, false, []],
    ["a clock far ahead", {}, now + 100 * dayMs, true, false, ["mass"]],
  ] as const)("%s", (_name, given, at, wouldMutate, wouldApply, blockedBy) => {
    const { byHand = false, ...changes }: Partial<CleanupPolicy> & { readonly byHand?: boolean } = given;
    expect(report({ byHand }, changes, at)).toMatchObject({ wouldMutate, wouldApply, blockedBy });
  });

  test("a guard that the operator confirmed blocks no longer", () => {
    const confirmed = report({ confirmed: ["mass"] }, {}, now + 100 * dayMs);
    expect(confirmed).toMatchObject({ blockedBy: [], wouldApply: true });
  });
});
