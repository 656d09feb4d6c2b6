import type { Plan } from "@sessionsmith/core";
import { type EngineHost, purgeOperations } from "@sessionsmith/core/engine";
import { type CleanupPolicy, diskBudgetReport } from "@sessionsmith/maintenance";
import type { StoreCleanup } from "./plan-store-cleanup.ts";
import { trashRetentionMs } from "./trash-retention.ts";

/** What a purge for the disk budget needs to know. */
export interface BudgetPurge {
  readonly policy: CleanupPolicy;
  /** How long to wait for the lock of the store, in ms. */
  readonly lockTimeoutMs: number;
}

/**
 * The first step of a disk budget that is exceeded: operations in the trash past their retention go for good
 * (docs/invariants.md I1). Nothing goes for a plan that is held back.
 */
export async function purgeForBudget(
  host: EngineHost,
  { snapshot, facts, plan }: StoreCleanup & { readonly plan: Plan },
  { policy, lockTimeoutMs }: BudgetPurge,
): Promise<void> {
  const [part] = plan.parts;
  if (part === undefined || part.blockedBy.length > 0 || facts.trash.expiredTrashBytes === 0) return;
  const budget = diskBudgetReport(part, snapshot, { policy, trash: facts.trash });
  if (budget?.overBudget !== true) return;
  await purgeOperations(host, snapshot.realDir, { olderThanMs: trashRetentionMs, lockTimeoutMs });
}
