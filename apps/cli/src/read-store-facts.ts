import { keysNamedElsewhere, readMessagePresences, readOrphanClues } from "@sessionsmith/core";
import type { Host, StoreSnapshot } from "@sessionsmith/core";
import { nodeEngineHost, planPurge } from "@sessionsmith/core/engine";
import { budgetLimits, noFacts, orphanCandidates } from "@sessionsmith/maintenance";
import type { CleanupPolicy, StoreFacts, TrashFacts } from "@sessionsmith/maintenance";
import type { State } from "./choose-stores.ts";
import { otherIndexPaths } from "./other-index-paths.ts";
import { trashRetentionMs } from "./trash-retention.ts";

/** Reads what the passes that run need beside the snapshot, and nothing for those that do not. */
export function readStoreFacts(
  state: State,
  snapshot: StoreSnapshot,
  { policy, now }: { readonly policy: CleanupPolicy; readonly now: number },
): StoreFacts {
  const { host } = state;
  const { minAgeMs, orders } = policy;
  const candidates = orders.maintenance ? orphanCandidates(snapshot, { minAgeMs, now }) : [];
  const orphans = readOrphanClues(host.fs, snapshot.realDir, candidates);
  const trash = budgetLimits(policy) === undefined ? noFacts.trash : readTrash(host, snapshot.realDir);
  const needsMessages = orders.fixMissing || orders.ghosts;
  return {
    messages: needsMessages ? readMessagePresences(host.fs, snapshot) : noFacts.messages,
    keysNamedElsewhere: orders.rescope
      ? keysNamedElsewhere(host.fs, snapshot, otherIndexPaths(state))
      : noFacts.keysNamedElsewhere,
    orphans,
    trash,
  };
}

function readTrash(host: Host, realDir: string): TrashFacts {
  const engine = nodeEngineHost(host);
  const bytesOf = (olderThanMs: number): number =>
    planPurge(engine, realDir, { olderThanMs }).reduce((sum, one) => sum + one.reclaimedBytes, 0);
  return { expiredTrashBytes: bytesOf(trashRetentionMs), reclaimableBytes: bytesOf(0) };
}
