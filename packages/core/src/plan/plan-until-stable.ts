import type { ReadFs } from "../disk/read-fs.ts";
import { protectForkParents } from "../snapshot/protect-fork-parents.ts";
import type { StoreSnapshot } from "../snapshot/store-snapshot.ts";
import type { Plan } from "./plan.ts";

/** A plan for one store, and the snapshot that it was made from, with all that protects its files. */
export interface StablePlan<P = Plan> {
  readonly snapshot: StoreSnapshot;
  /** Of one part. */
  readonly plan: P;
}

/**
 * Plans, protects what staying transcripts were forked from, and plans again until no further file stays. What is protected
 * depends on nothing but the files that leave: nothing more to protect, or the same ones twice, and it is settled.
 * @param scanned as `scanProtectedStore` leaves it
 */
export function planUntilStable<P extends Pick<Plan, "parts">>(
  fs: ReadFs,
  scanned: StoreSnapshot,
  planOn: (snapshot: StoreSnapshot) => P,
): StablePlan<P> {
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
