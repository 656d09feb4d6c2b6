import type { StoreTarget } from "@sessionsmith/core";
import { planCleanup, thresholdsOf } from "@sessionsmith/maintenance";
import type { CleanupReport } from "@sessionsmith/maintenance";
import type { CleanupOrder } from "./cleanup-order.ts";

/** The report on an agent that has no store yet: nothing is there, so nothing changes. */
export function emptyStoreReport(
  target: StoreTarget,
  { policy, acts }: Pick<CleanupOrder, "acts" | "policy">,
): CleanupReport {
  const { pruneAfterMs, minAgeMs } = policy;
  return {
    agentId: target.agentId,
    storePath: target.indexPath,
    mode: policy.mode,
    dryRun: !acts,
    preset: policy.preset,
    beforeCount: 0,
    afterCount: 0,
    missing: 0,
    dmScopeRetired: 0,
    modelRunPruned: 0,
    expired: 0,
    ghosts: 0,
    pruned: 0,
    capped: 0,
    evicted: 0,
    rekeyed: 0,
    repaired: 0,
    staged: 0,
    unreferencedArtifacts: {
      scannedFiles: 0,
      archivedFiles: 0,
      removedFiles: 0,
      freedBytes: 0,
      olderThanMs: Math.max(pruneAfterMs, minAgeMs),
    },
    archives: { purgedFiles: 0, freedBytes: 0 },
    diskBudget: null,
    wouldMutate: false,
    wouldApply: false,
    blockedBy: [],
    errors: [],
    thresholds: thresholdsOf(policy),
    ...(policy.orders.rescope ? { rescoped: [] } : {}),
    digest: planCleanup({ stores: [], policy, now: 0, createdAt: 0 }).digest,
    ...(acts ? { applied: true, appliedCount: 0, operationId: null, historyRecorded: false } : {}),
  };
}
