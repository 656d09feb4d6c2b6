import type { RowFacts } from "@sessionsmith/core";
import type { CleanupPass, Verdict } from "../cleanup-pass.ts";
import type { CleanupView } from "../cleanup-view.ts";
import { futureToleranceMs } from "../protect.ts";
import { rowAgeMs } from "../row-age.ts";

/**
 * Takes the rows whose last update is longer ago than `pruneAfterMs`, or than the age that the operator gave for rows of their
 * kind, unless something protects them. A row of unknown age stays under every preset (docs/invariants.md I7).
 */
export const pruneStale: CleanupPass = (view) => view.rows.map((facts) => judge(facts, view));

function judge(facts: RowFacts, view: CleanupView): Verdict {
  const { key } = facts.row;
  const limitMs = limitFor(facts, view);
  if (limitMs === undefined) return { key, action: "keep", reasons: ["other-kind"] };
  const ageMs = rowAgeMs(facts.time, view.now);
  if (ageMs === null) return { key, action: "keep", reasons: ["unknown-age"] };
  if (ageMs < -futureToleranceMs) return { key, action: "keep", reasons: ["updated-in-the-future"] };
  if (ageMs <= limitMs) return { key, action: "keep", reasons: ["within-prune-after"] };
  const protection = view.protectionOf(facts);
  return protection === undefined
    ? { key, action: "prune-stale", reasons: ["older-than-prune-after"] }
    : { key, action: "keep", reasons: ["older-than-prune-after", protection] };
}

/** The age that a row may have; undefined if only other kinds are asked about. */
function limitFor(facts: RowFacts, { policy, isOrdered }: CleanupView): number | undefined {
  const { orders, olderThanMs, pruneAfterMs } = policy;
  if (olderThanMs !== null && isOrdered(facts)) return olderThanMs;
  return orders.maintenance ? pruneAfterMs : undefined;
}
