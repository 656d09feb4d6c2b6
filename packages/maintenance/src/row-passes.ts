import type { CleanupPass } from "./cleanup-pass.ts";
import type { CleanupPolicy } from "./cleanup-policy.ts";
import { capOverflow } from "./passes/cap-overflow.ts";
import { pruneStale } from "./passes/prune-stale.ts";

/** The passes over rows that a policy asks for, in the order in which they may take a row. */
export function rowPasses({ orders }: CleanupPolicy): readonly CleanupPass[] {
  const asked: readonly (readonly [CleanupPass, boolean])[] = [
    [pruneStale, orders.maintenance || orders.olderThan],
    [capOverflow, orders.maintenance],
  ];
  return asked.flatMap(([pass, runs]) => (runs ? [pass] : []));
}
