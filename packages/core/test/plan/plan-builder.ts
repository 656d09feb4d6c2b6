import type { FileDecision, RowDecision } from "../../src/plan/decision.ts";
import { sealPlan } from "../../src/plan/plan-digest.ts";
import { planSchemaVersion } from "../../src/plan/plan.ts";
import type { Plan, PlanPart } from "../../src/plan/plan.ts";
import type { SpliceSource } from "../../src/plan/content-source.ts";
import type { MoveFileStep, WriteIndexStep } from "../../src/plan/step.ts";

const sha256 = "a".repeat(64);
const indexPath = "/state/agents/main/sessions/sessions.json";

/** A decision on a row; it stays unless the test says otherwise. */
export function aRow(key: string, changes: Partial<RowDecision> = {}): RowDecision {
  return {
    key,
    sessionId: `${key}-id`,
    action: "keep",
    reasons: ["younger-than-prune-after"],
    ageMs: 5,
    ...changes,
  };
}

/** A row that leaves. */
export function aStaleRow(key: string): RowDecision {
  return aRow(key, { action: "prune-stale", reasons: ["older-than-prune-after"], ageMs: 99 });
}

/** A file of 10 bytes that leaves. */
export function aFile(name: string, changes: Partial<FileDecision> = {}): FileDecision {
  return { name, action: "archive-deleted", reasons: ["row-leaves"], size: 10, ...changes };
}

/** The move of {@link aFile}. */
export function aMove(name: string, changes: Partial<MoveFileStep> = {}): MoveFileStep {
  const expect = { dev: "1", ino: "18446744073709551615", size: 10, mtimeNs: "-1" };
  return {
    kind: "move-file",
    phase: "retire",
    from: name,
    to: { as: "archive", reason: "deleted" },
    expect,
    reason: "row-leaves",
    ...changes,
  };
}

/** A rewrite of the index that cuts one range. */
export function aRewrite(edits: SpliceSource["edits"] = [{ at: 3, remove: 20, insert: "" }]): WriteIndexStep {
  const content = { source: "splice", path: indexPath, size: 100, sha256, edits } as const;
  return { kind: "write-index", phase: "switch", path: indexPath, content };
}

/** A sound part: one row stays, one leaves with its file. */
export function aPart(changes: Partial<PlanPart> = {}): PlanPart {
  return {
    store: {
      agentId: "main",
      indexPath,
      realDir: "/real/sessions",
      index: { sha256, size: 100, dev: "1", ino: "2", mtimeNs: "3" },
    },
    rows: [aRow("young"), aStaleRow("old")],
    files: [aFile("old-id.jsonl")],
    steps: [aRewrite(), aMove("old-id.jsonl")],
    blockedBy: [],
    ...changes,
  };
}

/** A sealed plan of one part. */
export function aPlan(changes: Partial<Omit<Plan, "digest">> = {}): Plan {
  return sealPlan({
    schemaVersion: planSchemaVersion,
    command: "cleanup",
    createdAt: 1000,
    now: 2000,
    policy: { preset: "safe", pruneAfterMs: 3000 },
    parts: [aPart()],
    ...changes,
  });
}
