import type { CleanupPass } from "./cleanup-pass.ts";
import type { CleanupPolicy } from "./cleanup-policy.ts";
import { capByRule } from "./passes/cap-by-rule.ts";
import { capOverflow } from "./passes/cap-overflow.ts";
import { fixMissing } from "./passes/fix-missing.ts";
import { pruneExpired } from "./passes/prune-expired.ts";
import { pruneGhosts } from "./passes/prune-ghosts.ts";
import { pruneModelRuns } from "./passes/prune-model-runs.ts";
import { fixDmScope } from "./passes/fix-dm-scope.ts";
import { pruneStale } from "./passes/prune-stale.ts";
import { rescope } from "./passes/rescope.ts";

/** The passes over rows that a policy asks for, in the order in which they may take a row. */
export function rowPasses({ orders }: CleanupPolicy): readonly CleanupPass[] {
  const asked: readonly (readonly [CleanupPass, boolean])[] = [
    [fixMissing, orders.fixMissing],
    [fixDmScope, orders.fixDmScope],
    [rescope, orders.rescope],
    [pruneExpired, orders.expired],
    [pruneGhosts, orders.ghosts],
    [pruneStale, orders.maintenance || orders.olderThan],
    [capByRule, orders.maintenance],
    [pruneModelRuns, orders.maintenance],
    [capOverflow, orders.maintenance],
  ];
  return asked.flatMap(([pass, runs]) => (runs ? [pass] : []));
}
