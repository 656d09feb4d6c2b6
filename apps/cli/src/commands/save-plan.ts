import { resolve } from "node:path";
import { formatPlan, sealPlan, StoreError } from "@sessionsmith/core";
import type { Host, Plan } from "@sessionsmith/core";
import { nodeEngineHost, writeOutputFile } from "@sessionsmith/core/engine";
import type { CleanupOrder } from "./cleanup-order.ts";

/**
 * Saves plans of one part each as one plan.
 * @returns the absolute path of the file; undefined if there is no store to plan for
 * @throws StoreError E_REFUSED if the file exists, or if two of the stores share a directory; as `writeOutputFile` does
 */
export function savePlan(
  plans: readonly Plan[],
  { planOut, force }: Pick<CleanupOrder, "force" | "planOut">,
  host: Host,
): string | undefined {
  const [first] = plans;
  if (first === undefined || planOut === undefined) return undefined;
  const parts = plans.flatMap((plan) => plan.parts);
  requireOwnDirs(parts);
  const path = resolve(host.cwd, planOut);
  const plan = plans.length === 1 ? first : sealPlan({ ...first, parts });
  const bytes = Buffer.from(formatPlan(plan), "utf8");
  writeOutputFile(nodeEngineHost(host), path, { bytes, force });
  return path;
}

/** A plan is applied as one operation, which keeps one journal a directory. */
function requireOwnDirs(parts: Plan["parts"]): void {
  const dirs = parts.map(({ store }) => store.realDir);
  const shared = dirs.find((dir, n) => dirs.indexOf(dir) !== n);
  if (shared === undefined) return;
  throw new StoreError(
    "E_REFUSED",
    `Two of the stores lie in ${shared}, and can't be in one plan. Nothing was written.`,
    { hint: "Save one plan for each, with --agent or --store.", details: { path: shared } },
  );
}
