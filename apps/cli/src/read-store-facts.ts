import { readOrphanClues } from "@sessionsmith/core";
import type { Host, StoreSnapshot } from "@sessionsmith/core";
import { nodeEngineHost, planPurge } from "@sessionsmith/core/engine";
import { budgetLimits, noFacts, orphanCandidates } from "@sessionsmith/maintenance";
import type { CleanupPolicy, StoreFacts, TrashFacts } from "@sessionsmith/maintenance";
import { trashRetentionMs } from "./trash-retention.ts";

/** Reads what the passes that run need beside the snapshot. */
export function readStoreFacts(
  host: Host,
  snapshot: StoreSnapshot,
  { policy, now }: { readonly policy: CleanupPolicy; readonly now: number },
): StoreFacts {
  const { minAgeMs, orders } = policy;
  const candidates = orders.maintenance ? orphanCandidates(snapshot, { minAgeMs, now }) : [];
  const orphans = readOrphanClues(host.fs, snapshot.realDir, candidates);
  const trash = budgetLimits(policy) === undefined ? noFacts.trash : readTrash(host, snapshot.realDir);
  return { ...noFacts, orphans, trash };
}

function readTrash(host: Host, realDir: string): TrashFacts {
  const engine = nodeEngineHost(host);
  const bytesOf = (olderThanMs: number): number =>
    planPurge(engine, realDir, { olderThanMs }).reduce((sum, one) => sum + one.reclaimedBytes, 0);
  return { expiredTrashBytes: bytesOf(trashRetentionMs), reclaimableBytes: bytesOf(0) };
}
