import {
  keysNamedElsewhere,
  readMessagePresences,
  readOrphanClues,
  stateIndexPaths,
} from "@sessionsmith/core";
import type { Host, StateScope, StoreSnapshot } from "@sessionsmith/core";
import { type EngineHost, planPurge } from "@sessionsmith/core/engine";
import { budgetLimits, noFacts, orphanCandidates } from "@sessionsmith/maintenance";
import type { CleanupPolicy, StoreFacts, TrashFacts } from "@sessionsmith/maintenance";
import { trashRetentionMs } from "./trash-retention.ts";

/** The machine and the state directory that facts are read from, and what they are read for. */
export interface FactsQuery extends StateScope {
  /** What is read through. */
  readonly host: Host;
  /** What operations on the store are read through: the same machine. */
  readonly engine: EngineHost;
  readonly policy: CleanupPolicy;
  /** Epoch ms. */
  readonly now: number;
}

/** Reads what the passes of a cleanup that run need beside the snapshot, and nothing for those that do not. */
export function readStoreFacts(snapshot: StoreSnapshot, query: FactsQuery): StoreFacts {
  const { host, engine, settings, stateDir, policy, now } = query;
  const { minAgeMs, orders } = policy;
  const candidates = orders.maintenance ? orphanCandidates(snapshot, { minAgeMs, now }) : [];
  const orphans = readOrphanClues(host.fs, snapshot.realDir, candidates);
  const trash = budgetLimits(policy) === undefined ? noFacts.trash : readTrash(engine, snapshot.realDir);
  const needsMessages = orders.fixMissing || orders.ghosts;
  return {
    messages: needsMessages ? readMessagePresences(host.fs, snapshot) : noFacts.messages,
    keysNamedElsewhere: orders.rescope
      ? keysNamedElsewhere(host.fs, snapshot, stateIndexPaths(host, { settings, stateDir }))
      : noFacts.keysNamedElsewhere,
    orphans,
    trash,
  };
}

function readTrash(host: EngineHost, realDir: string): TrashFacts {
  const bytesOf = (olderThanMs: number): number =>
    planPurge(host, realDir, { olderThanMs }).reduce((sum, one) => sum + one.reclaimedBytes, 0);
  return { expiredTrashBytes: bytesOf(trashRetentionMs), reclaimableBytes: bytesOf(0) };
}
