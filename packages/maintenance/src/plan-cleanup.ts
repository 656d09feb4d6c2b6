import {
  checkPlanBalance,
  indexChangeOf,
  indexEdits,
  planSchemaVersion,
  planStoreOf,
  rowSha256,
  sealPlan,
} from "@sessionsmith/core";
import type {
  FileDecision,
  Guard,
  Plan,
  PlanPart,
  RowDecision,
  RowFacts,
  Step,
  StoreSnapshot,
  WriteIndexStep,
} from "@sessionsmith/core";
import { foldPasses } from "./cleanup-pass.ts";
import { formatPolicy } from "./cleanup-policy.ts";
import type { CleanupPolicy } from "./cleanup-policy.ts";
import { openCleanupView } from "./cleanup-view.ts";
import type { CleanupBase, CleanupView } from "./cleanup-view.ts";
import { fitDiskBudget, isOverBudget } from "./disk-budget.ts";
import { recordEnded } from "./ended-record.ts";
import { fileMoves } from "./file-moves.ts";
import { foldFilePasses } from "./file-pass.ts";
import type { FileView } from "./file-pass.ts";
import { filePasses } from "./file-passes.ts";
import { isClockOdd, needsMassConfirmation } from "./mass-guard.ts";
import { needsOrphanConfirmation } from "./orphan-guard.ts";
import { requiredFiles } from "./required-files.ts";
import { retireFiles } from "./retire-files.ts";
import { rowAgeMs } from "./row-age.ts";
import { rowPasses } from "./row-passes.ts";
import { noFacts } from "./store-facts.ts";
import type { Decisions } from "./visible-bytes.ts";
import { settleStages } from "./settle-stages.ts";
import type { CleanupStore } from "./store-facts.ts";
import { whyNotJudged } from "./why-not-judged.ts";

/** What cleanup is planned from. */
export interface CleanupInput {
  /** One a store, in the order of the targets. */
  readonly stores: readonly CleanupStore[];
  readonly policy: CleanupPolicy;
  /** Epoch ms that rows are judged by. */
  readonly now: number;
  /** Epoch ms of the real clock, written down in the plan. */
  readonly createdAt: number;
}

/**
 * Plans what cleanup does to each store: a decision with reasons on every row, a record of each session that ends, the rewrite
 * of the index, and the files that leave with their rows. Pure; the same snapshots and policy give the same digest at any time that ages them alike.
 * A guard is only noted in `blockedBy`: whoever applies the plan has to respect it.
 */
export function planCleanup(input: CleanupInput): Plan {
  const { stores, policy, now, createdAt } = input;
  return sealPlan({
    schemaVersion: planSchemaVersion,
    command: "cleanup",
    createdAt,
    now,
    policy: formatPolicy(policy),
    parts: stores.map((store) => planStore(store, policy, now)),
  });
}

function planStore(
  { snapshot, facts = noFacts }: CleanupStore,
  policy: CleanupPolicy,
  now: number,
): PlanPart {
  const base = { snapshot, facts, policy, now };
  const judged = decideRows(base);
  const decidedRows = settleStages(snapshot, judged.rows);
  const filesOf = (given: readonly RowDecision[]) => decideFiles(base, given);
  const decided = { rows: decidedRows, files: filesOf(decidedRows) };
  const { rows, files } = fitDiskBudget(judged.view, decided, filesOf);
  const steps: readonly Step[] = [
    ...recordEnded(snapshot, rows),
    ...rewriteIndex(snapshot, rows),
    ...fileMoves(files, snapshot),
  ];
  const decisions = { rows, files };
  const part: PlanPart = {
    store: planStoreOf(snapshot),
    ...decisions,
    steps,
    blockedBy: guardsOf(base, decisions),
  };
  const problems = checkPlanBalance(part);
  if (problems.length > 0)
    throw new Error(`cleanup planned a part that does not add up: ${problems.join("; ")}`);
  return part;
}

function decideFiles(
  base: Omit<FileView, "rows" | "decided">,
  rows: readonly RowDecision[],
): readonly FileDecision[] {
  const ofRows = retireFiles(base.snapshot, rows);
  return foldFilePasses({ ...base, rows }, ofRows, filePasses(base.policy));
}

function guardsOf(base: Omit<FileView, "rows" | "decided">, { rows, files }: Decisions): readonly Guard[] {
  const guards: Guard[] = [];
  const forThemselves = files.some(({ action, pass }) => action !== "keep" && pass !== "row");
  const isAboutFiles = forThemselves || isOverBudget(base, { rows, files });
  if (isAboutFiles && needsOrphanConfirmation(base)) guards.push("orphans");
  // By a clock that jumped, the age of files is as wrong as that of rows.
  const isOdd = isAboutFiles && isClockOdd(base.snapshot, base.now);
  if (isOdd || needsMassConfirmation(base.snapshot, rows, base.now)) guards.push("mass");
  return guards;
}

const noRule: readonly string[] = ["no-rule-applies"];

function decideRows(base: Omit<CleanupBase, "rows">): {
  readonly rows: readonly RowDecision[];
  readonly view: CleanupView;
} {
  const { snapshot, policy, now } = base;
  const unjudged = new Map<string, readonly string[]>();
  const judged: RowFacts[] = [];
  for (const facts of snapshot.rows) {
    const why = whyNotJudged(facts, snapshot.target);
    if (why === undefined) judged.push(facts);
    else unjudged.set(facts.row.key, [why]);
  }
  const view = openCleanupView({ ...base, rows: judged });
  const verdicts = foldPasses(view, rowPasses(policy));
  const rows = snapshot.rows.map(({ row, time }): RowDecision => {
    const { key, sessionId } = row;
    const verdict = verdicts.get(key);
    const action = verdict?.action ?? "keep";
    const reasons = verdict?.reasons ?? unjudged.get(key) ?? noRule;
    const change = verdict?.change;
    const ageMs = rowAgeMs(time, now);
    if (action === "keep" && change === undefined) return { key, sessionId, action, reasons, ageMs };
    const identity = rowSha256(snapshot.document, row);
    if (change === undefined) return { key, sessionId, action, reasons, ageMs, rowSha256: identity };
    return { key, sessionId, action, reasons, ageMs, change, rowSha256: identity };
  });
  return { rows, view };
}

function rewriteIndex(snapshot: StoreSnapshot, rows: readonly RowDecision[]): readonly WriteIndexStep[] {
  const change = indexChangeOf(rows);
  if (change === undefined) return [];
  const { document, target, fingerprint } = snapshot;
  const path = target.indexPath;
  const { size, sha256 } = fingerprint;
  const content = { source: "splice", path, size, sha256, edits: indexEdits(document, change) } as const;
  const requires = requiredFiles(snapshot, rows);
  const step = { kind: "write-index", phase: "switch", path, content } as const;
  return [requires.length === 0 ? step : { ...step, requires }];
}
