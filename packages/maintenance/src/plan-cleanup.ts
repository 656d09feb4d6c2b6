import {
  checkPlanBalance,
  planSchemaVersion,
  planStoreOf,
  removeRowsEdits,
  rowSha256,
  sealPlan,
} from "@sessionsmith/core";
import type {
  Plan,
  PlanPart,
  RowDecision,
  RowFacts,
  Step,
  StoreSnapshot,
  WriteIndexStep,
} from "@sessionsmith/core";
import { foldPasses } from "./cleanup-pass.ts";
import type { CleanupPass } from "./cleanup-pass.ts";
import { formatPolicy } from "./cleanup-policy.ts";
import type { CleanupPolicy } from "./cleanup-policy.ts";
import { openCleanupView } from "./cleanup-view.ts";
import { recordEnded } from "./ended-record.ts";
import { needsMassConfirmation } from "./mass-guard.ts";
import { pruneStale } from "./passes/prune-stale.ts";
import { retireFiles } from "./retire-files.ts";
import { rowAgeMs } from "./row-age.ts";
import { whyNotJudged } from "./why-not-judged.ts";

/** What cleanup is planned from. */
export interface CleanupInput {
  /** One a store, in the order of the targets. */
  readonly snapshots: readonly StoreSnapshot[];
  readonly policy: CleanupPolicy;
  /** Epoch ms that rows are judged by. */
  readonly now: number;
  /** Epoch ms of the real clock, written down in the plan. */
  readonly createdAt: number;
}

/** The passes of cleanup, in the order in which they may take a row. */
const passes: readonly CleanupPass[] = [pruneStale];

/**
 * Plans what cleanup does to each store: a decision with reasons on every row, a record of each session that ends, the rewrite
 * of the index, and the files that leave with their rows. Pure; the same snapshots and policy give the same digest at any time that ages them alike.
 * A guard is only noted in `blockedBy`: whoever applies the plan has to respect it.
 */
export function planCleanup(input: CleanupInput): Plan {
  const { snapshots, policy, now, createdAt } = input;
  return sealPlan({
    schemaVersion: planSchemaVersion,
    command: "cleanup",
    createdAt,
    now,
    policy: formatPolicy(policy),
    parts: snapshots.map((snapshot) => planStore(snapshot, policy, now)),
  });
}

function planStore(snapshot: StoreSnapshot, policy: CleanupPolicy, now: number): PlanPart {
  const rows = decideRows(snapshot, policy, now);
  const { files, moves } = retireFiles(snapshot, rows);
  const steps: readonly Step[] = [...recordEnded(snapshot, rows), ...rewriteIndex(snapshot, rows), ...moves];
  const blockedBy = needsMassConfirmation(snapshot, rows, now) ? (["mass"] as const) : [];
  const part: PlanPart = { store: planStoreOf(snapshot), rows, files, steps, blockedBy };
  const problems = checkPlanBalance(part);
  if (problems.length > 0)
    throw new Error(`cleanup planned a part that does not add up: ${problems.join("; ")}`);
  return part;
}

function decideRows(snapshot: StoreSnapshot, policy: CleanupPolicy, now: number): readonly RowDecision[] {
  const unjudged = new Map<string, readonly string[]>();
  const judged: RowFacts[] = [];
  for (const facts of snapshot.rows) {
    const why = whyNotJudged(facts, snapshot.target);
    if (why === undefined) judged.push(facts);
    else unjudged.set(facts.row.key, [why]);
  }
  const verdicts = foldPasses(openCleanupView({ snapshot, policy, now, rows: judged }), passes);
  return snapshot.rows.map(({ row, time }) => {
    const { action = "keep", reasons = unjudged.get(row.key) ?? [] } = verdicts.get(row.key) ?? {};
    const decision = { key: row.key, sessionId: row.sessionId, action, reasons, ageMs: rowAgeMs(time, now) };
    return action === "keep" ? decision : { ...decision, rowSha256: rowSha256(snapshot.document, row) };
  });
}

function rewriteIndex(snapshot: StoreSnapshot, rows: readonly RowDecision[]): readonly WriteIndexStep[] {
  const leaving = rows.filter(({ action }) => action !== "keep").map(({ key }) => key);
  if (leaving.length === 0) return [];
  const { document, target, fingerprint } = snapshot;
  const path = target.indexPath;
  const edits = removeRowsEdits(document, new Set(leaving));
  const content = {
    source: "splice",
    path,
    size: fingerprint.size,
    sha256: fingerprint.sha256,
    edits,
  } as const;
  return [{ kind: "write-index", phase: "switch", path, content }];
}
