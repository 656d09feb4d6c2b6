import type { CleanupPass } from "./cleanup-pass.ts";
import type { CleanupPolicy } from "./cleanup-policy.ts";
import { fixDmScope } from "./passes/fix-dm-scope.ts";
import { pruneStale } from "./passes/prune-stale.ts";
import { rescope } from "./passes/rescope.ts";

/** The passes over rows that a policy asks for, in the order in which they may take a row. */
export function rowPasses({ orders }: CleanupPolicy): readonly CleanupPass[] {
  const asked: readonly (readonly [CleanupPass, boolean])[] = [
    [fixDmScope, orders.fixDmScope],
    [rescope, orders.rescope],
    [pruneStale, orders.maintenance || orders.olderThan],
  ];
  return asked.flatMap(([pass, runs]) => (runs ? [pass] : []));
}
