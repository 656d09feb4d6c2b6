import type { RowFacts } from "@sessionsmith/core";
import type { CleanupPass, Verdict } from "../cleanup-pass.ts";
import type { CleanupView } from "../cleanup-view.ts";
import { futureToleranceMs } from "../protect.ts";
import { rowAgeMs } from "../row-age.ts";

/**
 * Takes the rows whose last update is longer ago than `pruneAfterMs`, unless something protects them.
 * A row of unknown age stays under every preset (docs/invariants.md I7).
 */
export const pruneStale: CleanupPass = (view) => view.rows.map((facts) => judge(facts, view));

function judge(facts: RowFacts, { policy, now, protectionOf }: CleanupView): Verdict {
  const { key } = facts.row;
  const ageMs = rowAgeMs(facts.time, now);
  if (ageMs === null) return { key, action: "keep", reasons: ["unknown-age"] };
  if (ageMs < -futureToleranceMs) return { key, action: "keep", reasons: ["updated-in-the-future"] };
  if (ageMs <= policy.pruneAfterMs) return { key, action: "keep", reasons: ["within-prune-after"] };
  const protection = protectionOf(facts);
  return protection === undefined
    ? { key, action: "prune-stale", reasons: ["older-than-prune-after"] }
    : { key, action: "keep", reasons: ["older-than-prune-after", protection] };
}
