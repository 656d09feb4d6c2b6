import { planUntilStable, scanProtectedStore, type StablePlan, type StoreTarget } from "@sessionsmith/core";
import { planCleanup, type StoreFacts } from "@sessionsmith/maintenance";
import { type FactsQuery, readStoreFacts } from "./read-store-facts.ts";

/** A plan for the cleanup of one store, and what it was made from. */
export interface StoreCleanup extends StablePlan {
  /** What was read beside the snapshot. */
  readonly facts: StoreFacts;
}

/**
 * The one way in which a cleanup is planned, for a preview, for a run, and again when the store changed meanwhile:
 * scan, protect what the other indexes need, plan, protect what staying transcripts were forked from, and plan again until
 * no further file stays.
 * @throws StoreError E_SQLITE_ERA, and as `scanStore` does
 */
export function planStoreCleanup(target: StoreTarget, query: FactsQuery): StoreCleanup {
  const { host, settings, stateDir, policy, now } = query;
  const scanned = scanProtectedStore(host, target, { settings, stateDir, nowMs: now });
  const facts = readStoreFacts(scanned, query);
  const planned = planUntilStable(host.fs, scanned, (snapshot) =>
    planCleanup({ stores: [{ snapshot, facts }], policy, now, createdAt: host.clock.now() }),
  );
  return { ...planned, facts };
}
