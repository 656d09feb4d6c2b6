import { countDecisions, filesHeldBack } from "@sessionsmith/core";
import type { Guard, Plan, PlanPart, RowAction, StoreSnapshot } from "@sessionsmith/core";
import type { CleanupPolicy, CleanupPreset } from "./cleanup-policy.ts";
import { leftBehind } from "./left-behind.ts";
import { diskBudgetReport } from "./disk-budget-report.ts";
import type { DiskBudgetReport } from "./disk-budget-report.ts";
import { noFacts } from "./store-facts.ts";
import type { TrashFacts } from "./store-facts.ts";
import { countFiles } from "./count-files.ts";
import type { FileCounts } from "./count-files.ts";
import { describeRow } from "./describe-row.ts";
import { countLabels } from "./count-labels.ts";
import type { LabelCount } from "./count-labels.ts";
import { listRescoped } from "./rescope/list-rescoped.ts";
import type { RescopedRow } from "./rescope/list-rescoped.ts";

/** What applying the plan to one store came to. */
export interface CleanupOutcome {
  /** Null if there was nothing to do. */
  readonly operationId: string | null;
  /** True if the operation was written into the store's history. */
  readonly historyRecorded: boolean;
  /** What could not be done; everything else was. */
  readonly errors: readonly CleanupError[];
}

/** One thing that could not be done, or that a preview knows can't be. */
export interface CleanupError {
  readonly key: string | null;
  readonly sessionId: string | null;
  readonly code: string;
  readonly message: string;
}

/** What became, or would become, of one row. */
export interface CleanupDecision {
  readonly key: string;
  readonly sessionId: string | null;
  readonly action: RowAction;
  readonly reasons: readonly string[];
  /** Null if the time of the row is unknown. */
  readonly ageMs: number | null;
  /** The model of the last run, or the one that the row asks for. */
  readonly model: string | null;
}

/** `beforeCount` minus missing, dmScopeRetired, modelRunPruned, expired, ghosts, pruned, capped and evicted is `afterCount`. */
export interface RowCounts {
  readonly beforeCount: number;
  readonly afterCount: number;
  readonly missing: number;
  readonly dmScopeRetired: number;
  readonly modelRunPruned: number;
  readonly expired: number;
  readonly ghosts: number;
  readonly pruned: number;
  readonly capped: number;
  readonly evicted: number;
  /** Rows that change and stay. */
  readonly rekeyed: number;
  readonly repaired: number;
  /** Rows that stay without their transcript. */
  readonly staged: number;
}

/** The result of cleanup on one store, the same for a preview and for the run. */
export interface CleanupReport extends RowCounts, FileCounts {
  readonly agentId: string;
  readonly storePath: string;
  readonly mode: CleanupPolicy["mode"];
  readonly dryRun: boolean;
  readonly preset: CleanupPreset;
  /** Null without a limit. */
  readonly diskBudget: DiskBudgetReport | null;
  /** The plan changes something. */
  readonly wouldMutate: boolean;
  /** The same command without `--dry-run` does it: the mode is enforce or the order was given by hand, and no guard is in the way. */
  readonly wouldApply: boolean;
  readonly blockedBy: readonly Guard[];
  readonly errors: readonly CleanupError[];
  readonly thresholds: CleanupThresholds;
  readonly digest: string;
  /** Present if the order was to rescope. */
  readonly rescoped?: readonly RescopedRow[];
  /** Present once the plan was applied. */
  readonly applied?: true;
  /** Rows left, under OpenClaw's name. */
  readonly appliedCount?: number;
  readonly operationId?: string | null;
  readonly historyRecorded?: boolean;
  /** Present if details were asked for. */
  readonly decisions?: readonly CleanupDecision[];
  readonly labels?: readonly LabelCount[];
}

/** The limits that judged. */
export type CleanupThresholds = Pick<
  CleanupPolicy,
  | "pruneAfterMs"
  | "olderThanMs"
  | "maxEntries"
  | "minAgeMs"
  | "resetArchiveRetentionMs"
  | "maxDiskBytes"
  | "highWaterBytes"
>;

/** What a report is made of. */
export interface CleanupReportInput {
  readonly plan: Plan;
  /** The part of the plan that is about this store. */
  readonly part: PlanPart;
  /** The snapshot that the part was made from. */
  readonly snapshot: StoreSnapshot;
  readonly policy: CleanupPolicy;
  /** What the trash holds, where a disk budget asks for it. */
  readonly trash?: TrashFacts;
  readonly dryRun: boolean;
  /** True for an order given by hand, which acts in mode warn too. */
  readonly byHand?: boolean;
  /** Guards that the operator has confirmed; they block no longer. */
  readonly confirmed?: readonly Guard[];
  /** List every row, and count by label. */
  readonly details?: boolean;
  readonly outcome?: CleanupOutcome;
}

/** Renders what cleanup does, or did, to one store as plain JSON data. Pure. */
export function cleanupReport(input: CleanupReportInput): CleanupReport {
  const { plan, part, snapshot, policy, trash = noFacts.trash, confirmed = [], outcome } = input;
  const acts = policy.mode === "enforce" || input.byHand === true;
  const blockedBy = part.blockedBy.filter((guard) => !confirmed.includes(guard));
  const heldCount = blockedBy.includes("orphans") ? filesHeldBack(part).length : 0;
  return {
    agentId: part.store.agentId,
    storePath: part.store.indexPath,
    mode: policy.mode,
    dryRun: input.dryRun,
    preset: policy.preset,
    ...countRows(part),
    ...countFiles(part, snapshot, policy),
    diskBudget: diskBudgetReport(part, snapshot, { policy, trash }),
    wouldMutate: part.steps.length > 0,
    wouldApply: part.steps.length > heldCount && acts && !blockedBy.includes("mass"),
    blockedBy,
    errors: [...leftBehind(part, snapshot), ...(outcome?.errors ?? [])],
    thresholds: thresholdsOf(policy),
    digest: plan.digest,
    ...(policy.orders.rescope ? { rescoped: listRescoped(part, snapshot, policy) } : {}),
    ...(outcome === undefined ? {} : appliedFields(outcome, part)),
    ...(input.details === true ? detailFields(part, snapshot) : {}),
  };
}

/** The limits of a policy, as a report tells them. */
export function thresholdsOf(policy: CleanupPolicy): CleanupThresholds {
  const { pruneAfterMs, olderThanMs, maxEntries, minAgeMs } = policy;
  const { resetArchiveRetentionMs, maxDiskBytes, highWaterBytes } = policy;
  return {
    pruneAfterMs,
    olderThanMs,
    maxEntries,
    minAgeMs,
    resetArchiveRetentionMs,
    maxDiskBytes,
    highWaterBytes,
  };
}

function countRows(part: PlanPart): RowCounts {
  const { before, after, removedByAction } = countDecisions(part.rows);
  const changes = part.rows.flatMap(({ change }) => change ?? []);
  return {
    beforeCount: before,
    afterCount: after,
    missing: removedByAction["prune-missing"],
    dmScopeRetired: removedByAction["retire-dm-scope"],
    modelRunPruned: removedByAction["prune-model-run"],
    expired: removedByAction["prune-expired"],
    ghosts: removedByAction["prune-ghost"],
    pruned: removedByAction["prune-stale"],
    capped: removedByAction["cap-overflow"],
    evicted: removedByAction["evict-budget"],
    rekeyed: changes.filter(({ key }) => key !== undefined).length,
    repaired: changes.filter(({ key, detached }) => key === undefined && detached === undefined).length,
    staged: changes.filter(({ detached }) => detached === true).length,
  };
}

function appliedFields(outcome: CleanupOutcome, part: PlanPart): Partial<CleanupReport> {
  const { operationId, historyRecorded } = outcome;
  return { applied: true, appliedCount: countDecisions(part.rows).after, operationId, historyRecorded };
}

function detailFields(part: PlanPart, snapshot: StoreSnapshot): Partial<CleanupReport> {
  const rows = new Map(snapshot.rows.map(({ row }) => [row.key, row]));
  const described = part.rows.map((decision) => ({
    decision,
    ...describeRow(rows.get(decision.key), snapshot),
  }));
  const decisions = described.map(({ decision, model }) => {
    const { key, sessionId = null, action, reasons, ageMs } = decision;
    return { key, sessionId, action, reasons, ageMs, model };
  });
  return {
    decisions,
    labels: countLabels(described.map(({ decision, label }) => ({ label, action: decision.action }))),
  };
}
