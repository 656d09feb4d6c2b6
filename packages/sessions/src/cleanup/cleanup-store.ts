import { confirmGuards, type Plan, type PlanPart } from "@sessionsmith/core";
import { applyPlan, returnedKeys } from "@sessionsmith/core/engine";
import { type CleanupPolicy, type CleanupReport, cleanupReport } from "@sessionsmith/maintenance";
import type { ChangeOptions } from "../change/apply-change.ts";
import type { StoreScope } from "../change/store-scope.ts";
import { planStoreCleanup } from "./plan-store-cleanup.ts";
import { purgeForBudget } from "./purge-for-budget.ts";

const defaultLockTimeoutMs = 10_000;
const writtenBack =
  "the gateway has written this session back; a transcript that left is in the archive or the trash";

/** How a cleanup is carried out. */
export interface CleanupStoreOptions extends Pick<
  ChangeOptions,
  "dryRun" | "guard" | "lockTimeoutMs" | "whileRunning"
> {
  /** Adds the decision on every row to the report. */
  readonly details?: boolean;
}

/**
 * Cleans one store up as the policy says, as one operation; in mode `warn` only orders given by hand act. A guard holds back what it
 * is about, and the report says so.
 * @throws StoreError E_REFUSED if a guard holds everything back; as `planStoreCleanup` and `applyPlan` do
 */
export async function cleanupStore(
  { host, target, settings, stateDir }: StoreScope,
  policy: CleanupPolicy,
  {
    details = false,
    dryRun = false,
    guard,
    lockTimeoutMs = defaultLockTimeoutMs,
    whileRunning = false,
  }: CleanupStoreOptions = {},
): Promise<CleanupReport> {
  const query = { host, engine: host, settings, stateDir, policy, now: host.clock.now() };
  let planned = planStoreCleanup(target, query);
  const frame = (part: PlanPart) => ({
    ...planned,
    part,
    policy,
    trash: planned.facts.trash,
    byHand: true,
    details,
  });
  if (dryRun) return cleanupReport({ ...frame(onlyPart(planned.plan)), dryRun });
  const confirmed = confirmGuards(planned.plan, []);
  // What is in use stays anyway.
  if (!whileRunning && onlyPart(confirmed).steps.length > 0) await guard?.(planned.snapshot);
  const replan = (): Plan => {
    planned = planStoreCleanup(target, query);
    return confirmGuards(planned.plan, []);
  };
  await purgeForBudget(host, { ...planned, plan: confirmed }, { policy, lockTimeoutMs });
  const applied = await applyPlan(host, confirmed, { replan, lockTimeoutMs });
  const done = onlyPart(applied.plan);
  const { rows, files, steps } = done;
  const returned = whileRunning ? returnedKeys(host.fs, done) : [];
  const outcome = {
    operationId: applied.operationId ?? null,
    historyRecorded: steps.some(({ kind }) => kind === "append-record"),
    errors: [
      ...applied.warnings.map((message) => ({ key: null, sessionId: null, code: "E_PARTIAL", message })),
      ...returned.map((key) => ({ key, sessionId: null, code: "E_PARTIAL", message: writtenBack })),
    ],
  };
  const part = { ...onlyPart(planned.plan), rows, files };
  return cleanupReport({ ...frame(part), dryRun, outcome });
}

function onlyPart({ parts }: Plan): PlanPart {
  const [part] = parts;
  if (part === undefined) throw new Error("a store without its part of the plan");
  return part;
}
