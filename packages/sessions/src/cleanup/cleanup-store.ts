import { confirmGuards, type Plan } from "@sessionsmith/core";
import { applyPlan } from "@sessionsmith/core/engine";
import { type CleanupPolicy, type CleanupReport, cleanupReport } from "@sessionsmith/maintenance";
import type { StoreScope } from "../change/store-scope.ts";
import { planStoreCleanup } from "./plan-store-cleanup.ts";
import { purgeForBudget } from "./purge-for-budget.ts";

const defaultLockTimeoutMs = 10_000;

/**
 * Cleans one store up as the policy says, as one operation; in mode `warn` only orders given by hand act. A guard holds back what it
 * is about, and the report says so.
 * @throws StoreError E_REFUSED if a guard holds everything back; as `planStoreCleanup` and `applyPlan` do
 */
export async function cleanupStore(
  { host, target, settings, stateDir }: StoreScope,
  policy: CleanupPolicy,
  { lockTimeoutMs = defaultLockTimeoutMs }: { readonly lockTimeoutMs?: number } = {},
): Promise<CleanupReport> {
  const query = { host, settings, stateDir, policy, now: host.clock.now() };
  let planned = planStoreCleanup(target, query);
  const confirmed = confirmGuards(planned.plan, []);
  const replan = (): Plan => {
    planned = planStoreCleanup(target, query);
    return confirmGuards(planned.plan, []);
  };
  await purgeForBudget(host, { ...planned, plan: confirmed }, { policy, lockTimeoutMs });
  const {
    operationId = null,
    plan: done,
    warnings,
  } = await applyPlan(host, confirmed, { replan, lockTimeoutMs });
  const { plan, snapshot, facts } = planned;
  const [wanted, carriedOut] = [plan.parts[0], done.parts[0]];
  if (wanted === undefined || carriedOut === undefined)
    throw new Error("a store without its part of the plan");
  const part = { ...wanted, rows: carriedOut.rows, files: carriedOut.files };
  const outcome = {
    operationId,
    historyRecorded: carriedOut.steps.some(({ kind }) => kind === "append-record"),
    errors: warnings.map((message) => ({ key: null, sessionId: null, code: "E_PARTIAL", message })),
  };
  return cleanupReport({
    plan,
    part,
    snapshot,
    policy,
    trash: facts.trash,
    dryRun: false,
    byHand: true,
    outcome,
  });
}
