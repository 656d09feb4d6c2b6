import { cleanupReport, rescopeFindings } from "@sessionsmith/maintenance";
import type { ChosenStores } from "../choose-stores.ts";
import { forEachStore } from "../for-each-store.ts";
import type { StoreResult } from "../for-each-store.ts";
import { cleanupPlanner } from "../plan-stores.ts";
import type { StorePlan } from "../plan-stores.ts";
import type { CleanupOrder } from "./cleanup-order.ts";
import type { CleanedStore } from "./cleaned-store.ts";

/** A store of a preview, with its plan. */
export interface PreviewedStore extends CleanedStore {
  readonly plan: StorePlan["plan"];
}

/** Plans the cleanup of each store, and changes nothing. */
export function previewCleanup(
  chosen: ChosenStores,
  order: CleanupOrder,
): Promise<readonly StoreResult<PreviewedStore>[]> {
  const planOn = cleanupPlanner(chosen, order.policy);
  return forEachStore(chosen, (target) => {
    const { plan, snapshot, facts } = planOn(target);
    const [part] = plan.parts;
    if (part === undefined) throw new Error("a store without its part of the plan");
    const report = cleanupReport({ plan, part, snapshot, trash: facts.trash, dryRun: true, ...order });
    return { report, snapshot, plan, findings: [...snapshot.findings, ...rescopeFindings(part)] };
  });
}
