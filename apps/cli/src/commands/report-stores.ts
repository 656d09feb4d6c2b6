import type { Plan, StoreSnapshot, StoreTarget } from "@sessionsmith/core";
import { cleanupReport, planCleanup } from "@sessionsmith/maintenance";
import type { CleanupPolicy, CleanupReport } from "@sessionsmith/maintenance";
import type { ChosenStores } from "../choose-stores.ts";
import type { FailedStore } from "../failed-stores.ts";
import { emptyStoreReport } from "./empty-store-report.ts";
import type { StoreScan } from "./scan-for-cleanup.ts";

/** What cleanup would do to one store, or why that can't be told. */
export type StoreOutcome =
  | { readonly ok: true; readonly report: CleanupReport; readonly snapshot: StoreSnapshot | undefined }
  | {
      readonly ok: false;
      readonly target: StoreTarget;
      readonly error: Pick<FailedStore, "code" | "message">;
    };

/** Plans all stores together and reports on each, in their order. Every report is that of a preview. */
export function reportStores(
  scans: readonly StoreScan[],
  { host, now }: Pick<ChosenStores, "host" | "now">,
  { policy, details }: { readonly policy: CleanupPolicy; readonly details: boolean },
): readonly StoreOutcome[] {
  const snapshots = scans.flatMap((scan) => (scan.state === "scanned" ? [scan.snapshot] : []));
  const plan = planCleanup({ snapshots, policy, now, createdAt: host.clock.now() });
  return scans.map((scan): StoreOutcome => {
    if (scan.state === "failed") {
      const { code, message } = scan.error;
      return { ok: false, target: scan.target, error: { code, message } };
    }
    if (scan.state === "empty") {
      return { ok: true, report: emptyStoreReport(scan.target, plan, policy), snapshot: undefined };
    }
    const { snapshot } = scan;
    const part = partOf(plan, snapshots.indexOf(snapshot));
    return {
      ok: true,
      report: cleanupReport({ plan, part, snapshot, policy, dryRun: true, details }),
      snapshot,
    };
  });
}

function partOf(plan: Plan, index: number): Plan["parts"][number] {
  const part = plan.parts[index];
  if (part === undefined) throw new Error("a store without its part of the plan");
  return part;
}

/** One store as JSON. */
export function outcomeJson(outcome: StoreOutcome): object {
  if (outcome.ok) return outcome.report;
  const { target, error } = outcome;
  return { agentId: target.agentId, storePath: target.indexPath, error };
}
