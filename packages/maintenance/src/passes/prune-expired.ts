import { leaseStatus, readLease } from "@sessionsmith/core";
import type { RowFacts } from "@sessionsmith/core";
import type { CleanupPass, Verdict } from "../cleanup-pass.ts";
import type { CleanupView } from "../cleanup-view.ts";

/**
 * Takes the rows whose lease has run out by now, and by the moment that the operator gave. The lease names the row, so neither
 * its age nor what it is holds this back (docs/invariants.md I9), but an active key and what is in use do.
 */
export const pruneExpired: CleanupPass = (view) =>
  view.rows.filter(view.isOrdered).flatMap((facts) => judge(facts, view));

function judge(facts: RowFacts, view: CleanupView): readonly Verdict[] {
  const { key } = facts.row;
  const lease = readLease(view.entryOf(facts));
  if (lease === undefined) return [];
  const beforeMs = Math.min(view.now, view.policy.expiredBeforeMs ?? Infinity);
  if (leaseStatus(lease, beforeMs) === "active")
    return [{ key, action: "keep", reasons: ["lease-not-run-out"] }];
  const hold = view.holdOn(facts);
  return hold === undefined
    ? [{ key, action: "prune-expired", reasons: ["lease-run-out"] }]
    : [{ key, action: "keep", reasons: ["lease-run-out", hold] }];
}
