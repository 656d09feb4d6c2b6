import type { Sequence } from "../sequence.ts";
import type { RemovalAction, RowDecision } from "./decision.ts";

/** The numbers of one store's rows: `before` minus all of `removedByAction` is `after`, unless a migration adds some. */
export interface DecisionCounts {
  /** Counted rows that the index holds. */
  readonly before: number;
  readonly removedByAction: Readonly<Record<RemovalAction, number>>;
  /** Rows that stay. */
  readonly after: number;
}

/** Counts what a plan decided on the rows of one store. */
export function countDecisions(rows: Sequence<RowDecision>): DecisionCounts {
  const removedByAction: Record<RemovalAction, number> = {
    "prune-missing": 0,
    "retire-dm-scope": 0,
    "prune-expired": 0,
    "prune-ghost": 0,
    "prune-stale": 0,
    "prune-model-run": 0,
    "cap-overflow": 0,
    "evict-budget": 0,
    delete: 0,
    "move-store": 0,
    "drop-alias": 0,
  };
  let after = 0;
  for (const { action } of rows) {
    if (action === "keep" || action === "restore" || action === "add") after += 1;
    else removedByAction[action] += 1;
  }
  const added = rows.filter(({ action }) => action === "add").length;
  return { before: rows.length - added, removedByAction, after };
}
