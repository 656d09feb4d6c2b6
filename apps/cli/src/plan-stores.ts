import { planUntilStable, scanProtectedStore } from "@sessionsmith/core";
import type { StablePlan, StoreSnapshot, StoreTarget } from "@sessionsmith/core";
import { planCleanup } from "@sessionsmith/maintenance";
import type { CleanupPolicy, StoreFacts } from "@sessionsmith/maintenance";
import type { ChosenStores, State } from "./choose-stores.ts";
import { readStoreFacts } from "./read-store-facts.ts";

/** A plan for one store, and the snapshot that it was made from, with all that protects its files. */
export interface StorePlan extends StablePlan {
  /** What was read beside it. */
  readonly facts: StoreFacts;
}

/** Plans the cleanup of one store from what is on the disk now. */
export type StorePlanner = (target: StoreTarget) => StorePlan;

/** What a planner needs to know of a command line. */
export type PlannerInput = State & Pick<ChosenStores, "now">;

/**
 * The one way in which a cleanup is planned, for a preview, for a run, and again when the store changed meanwhile:
 * scan, protect what the other indexes need, plan, protect what staying transcripts were forked from, and plan again until
 * no further file stays.
 * @throws StoreError E_SQLITE_ERA, and as `scanStore` does
 */
export function cleanupPlanner(input: PlannerInput, policy: CleanupPolicy): StorePlanner {
  const { host, now } = input;
  return (target) => {
    const scanned = scanWithReferences(input, target, now);
    const facts = readStoreFacts(input, scanned, { policy, now });
    const planned = planUntilStable(host.fs, scanned, (snapshot) =>
      planCleanup({ stores: [{ snapshot, facts }], policy, now, createdAt: host.clock.now() }),
    );
    return { ...planned, facts };
  };
}

/** Scans a store that may be changed, and protects the files that rows of other indexes need. */
export function scanWithReferences(state: State, target: StoreTarget, nowMs: number): StoreSnapshot {
  const { host, settings, stateDir } = state;
  return scanProtectedStore(host, target, { settings, stateDir, nowMs });
}
