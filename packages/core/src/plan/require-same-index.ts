import type { StoreSnapshot } from "../snapshot/store-snapshot.ts";
import { StoreError } from "../store-error.ts";
import { comparePlan, type PlanDrift } from "./compare-plan.ts";
import type { Plan } from "./plan.ts";

/** Keys that a message lists; `details` has all of them. */
const listedKeys = 10;

/**
 * Checks that every index is, by its content, the one that the plan was made for.
 * @param snapshots one a part, in the same order
 * @throws StoreError E_STALE_PLAN with the keys of the rows that changed, came and went, as far as the plan can tell
 */
export function requireSameIndex(plan: Plan, snapshots: readonly StoreSnapshot[]): void {
  for (const [n, part] of plan.parts.entries()) {
    const snapshot = snapshots[n];
    if (snapshot === undefined) throw new Error(`no snapshot for part ${n} of the plan`);
    if (snapshot.fingerprint.sha256 === part.store.index.sha256) continue;
    throw staleIndex(part.store.indexPath, comparePlan(part, plan, snapshot));
  }
}

function staleIndex(indexPath: string, drift: PlanDrift): StoreError {
  return new StoreError(
    "E_STALE_PLAN",
    `${indexPath} is not the index that the plan was made for (${driftText(drift)}). Nothing was changed.`,
    {
      hint: "Make the plan again, or add --unchanged-rows if only other sessions changed.",
      details: {
        path: indexPath,
        changed: [...drift.changed],
        added: [...drift.added],
        vanished: [...drift.vanished],
      },
    },
  );
}

function driftText(drift: PlanDrift): string {
  const words = ["changed", "added", "vanished"] as const;
  const total = words.reduce((sum, word) => sum + drift[word].length, 0);
  if (total === 0) return "no session came or went, but its bytes differ";
  let room = listedKeys;
  const lists: string[] = [];
  for (const word of words) {
    const shown = drift[word].slice(0, room);
    room -= shown.length;
    if (shown.length > 0) lists.push(`${word}: ${shown.join(", ")}`);
  }
  const rest = total - listedKeys;
  return [...lists, ...(rest > 0 ? [`and ${rest} more`] : [])].join("; ");
}
