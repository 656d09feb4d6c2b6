import { addPromptBlobs, protectForkParents, protectSharedFiles, scanStore } from "@sessionsmith/core";
import type { Host, Plan, StoreSnapshot, StoreTarget } from "@sessionsmith/core";
import { planCleanup } from "@sessionsmith/maintenance";
import type { CleanupPolicy, StoreFacts } from "@sessionsmith/maintenance";
import type { ChosenStores, State } from "./choose-stores.ts";
import { otherIndexPaths } from "./other-index-paths.ts";
import { readStoreFacts } from "./read-store-facts.ts";
import { requireJsonEra } from "./require-json-era.ts";

/** A plan for one store, and the snapshot that it was made from, with all that protects its files. */
export interface StorePlan {
  readonly snapshot: StoreSnapshot;
  /** What was read beside it. */
  readonly facts: StoreFacts;
  /** Of one part. */
  readonly plan: Plan;
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
    const planned = planUntilStable(host, scanned, (snapshot) =>
      planCleanup({ stores: [{ snapshot, facts }], policy, now, createdAt: host.clock.now() }),
    );
    return { ...planned, facts };
  };
}

/** Scans a store that may be changed, and protects the files that rows of other indexes need. */
export function scanWithReferences(state: State, target: StoreTarget, nowMs: number): StoreSnapshot {
  const { host } = state;
  requireJsonEra(host, target);
  const snapshot = addPromptBlobs(host.fs, scanStore(host, target, { nowMs }));
  return protectSharedFiles(host.fs, snapshot, otherIndexPaths(state));
}

/** What is protected depends on nothing but the files that leave: nothing more to protect, or the same ones twice, and it is settled. */
function planUntilStable(
  { fs }: Pick<Host, "fs">,
  scanned: StoreSnapshot,
  planOn: (snapshot: StoreSnapshot) => Plan,
): Omit<StorePlan, "facts"> {
  let snapshot = scanned;
  let plan = planOn(snapshot);
  for (let leaving = leavingNames(plan); leaving.size > 0;) {
    const protecting = protectForkParents(fs, snapshot, leaving);
    if (protecting === snapshot) break;
    snapshot = protecting;
    plan = planOn(snapshot);
    const next = leavingNames(plan);
    if (next.size === leaving.size && [...next].every((name) => leaving.has(name))) break;
    leaving = next;
  }
  return { snapshot, plan };
}

/** Names of the files that a plan takes away. */
export function leavingNames({ parts }: Pick<Plan, "parts">): ReadonlySet<string> {
  return new Set(
    parts.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === "move-file" ? [step.from] : []))),
  );
}
