import { scanProtectedStore } from "@sessionsmith/core";
import type { StoreSnapshot, StoreTarget } from "@sessionsmith/core";
import { nodeEngineHost } from "@sessionsmith/core/engine";
import type { CleanupPolicy } from "@sessionsmith/maintenance";
import { planStoreCleanup } from "@sessionsmith/sessions/change";
import type { StoreCleanup } from "@sessionsmith/sessions/change";
import type { ChosenStores, State } from "./choose-stores.ts";

/** A plan for one store, and the snapshot that it was made from, with all that protects its files. */
export type StorePlan = StoreCleanup;

/** Plans the cleanup of one store from what is on the disk now. */
export type StorePlanner = (target: StoreTarget) => StorePlan;

/** What a planner needs to know of a command line. */
export type PlannerInput = State & Pick<ChosenStores, "now">;

/** Prepares the planning of cleanups, as `planStoreCleanup` does it. */
export function cleanupPlanner(
  { host, settings, stateDir, now }: PlannerInput,
  policy: CleanupPolicy,
): StorePlanner {
  const query = { host, engine: nodeEngineHost(host), settings, stateDir, policy, now };
  return (target) => planStoreCleanup(target, query);
}

/** Scans a store that may be changed, and protects the files that rows of other indexes need. */
export function scanWithReferences(state: State, target: StoreTarget, nowMs: number): StoreSnapshot {
  const { host, settings, stateDir } = state;
  return scanProtectedStore(host, target, { settings, stateDir, nowMs });
}
