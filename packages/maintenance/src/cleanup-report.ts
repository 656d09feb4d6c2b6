import { countDecisions } from "@sessionsmith/core";
import type { Guard, Plan, PlanPart, RowAction, StoreSnapshot } from "@sessionsmith/core";
import type { CleanupPolicy, CleanupPreset } from "./cleanup-policy.ts";
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

/** One thing that could not be done. */
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
export interface CleanupReport extends RowCounts {
  readonly agentId: string;
  readonly storePath: string;
  readonly mode: CleanupPolicy["mode"];
  readonly dryRun: boolean;
  readonly preset: CleanupPreset;
  readonly unreferencedArtifacts: {
    /** Regular files of the directory, the index among them, as OpenClaw 2026.5.28 counts. */
    readonly scannedFiles: number;
    readonly archivedFiles: number;
    /** The same number under OpenClaw's name. */
    readonly removedFiles: number;
    readonly freedBytes: number;
    readonly olderThanMs: number;
  };
  readonly archives: { readonly purgedFiles: number; readonly freedBytes: number };
  readonly diskBudget: null;
  /** The plan changes something. */
  readonly wouldMutate: boolean;
  /** The same command without `--dry-run` does it: the mode is enforce or the order was given by hand, and no guard is in the way. */
  readonly wouldApply: boolean;
  readonly blockedBy: readonly Guard[];
  readonly errors: readonly CleanupError[];
  readonly thresholds: {
    readonly pruneAfterMs: number;
    /** The age of the order by hand; null without it. */
    readonly olderThanMs: number | null;
    readonly maxEntries: number;
    readonly minAgeMs: number;
  };
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

/** What a report is made of. */
export interface CleanupReportInput {
  readonly plan: Plan;
  /** The part of the plan that is about this store. */
  readonly part: PlanPart;
  /** The snapshot that the part was made from. */
  readonly snapshot: StoreSnapshot;
  readonly policy: CleanupPolicy;
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
  const { plan, part, snapshot, policy, confirmed = [], outcome } = input;
  const acts = policy.mode === "enforce" || input.byHand === true;
  const wouldMutate = part.steps.length > 0;
  const blockedBy = part.blockedBy.filter((guard) => !confirmed.includes(guard));
  const { pruneAfterMs, olderThanMs, maxEntries, minAgeMs } = policy;
  return {
    agentId: part.store.agentId,
    storePath: part.store.indexPath,
    mode: policy.mode,
    dryRun: input.dryRun,
    preset: policy.preset,
    ...countRows(part),
    unreferencedArtifacts: {
      scannedFiles: countRegularFiles(snapshot),
      archivedFiles: 0,
      removedFiles: 0,
      freedBytes: 0,
      olderThanMs: Math.max(pruneAfterMs, minAgeMs),
    },
    archives: { purgedFiles: 0, freedBytes: 0 },
    diskBudget: null,
    wouldMutate,
    wouldApply: wouldMutate && acts && !blockedBy.includes("mass"),
    blockedBy,
    errors: outcome?.errors ?? [],
    thresholds: { pruneAfterMs, olderThanMs, maxEntries, minAgeMs },
    digest: plan.digest,
    ...(policy.orders.rescope ? { rescoped: listRescoped(part, snapshot, policy) } : {}),
    ...(outcome === undefined ? {} : appliedFields(outcome, part)),
    ...(input.details === true ? detailFields(part, snapshot) : {}),
  };
}

function countRegularFiles({ files }: StoreSnapshot): number {
  return 1 + [...files.values()].filter(({ fact }) => fact.kind === "file").length;
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
