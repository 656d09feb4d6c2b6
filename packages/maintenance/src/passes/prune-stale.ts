import type { RowFacts } from "@sessionsmith/core";
import type { CleanupPass, Verdict } from "../cleanup-pass.ts";
import type { CleanupView } from "../cleanup-view.ts";
import type { AppliedRule } from "../match-rules.ts";
import { futureToleranceMs } from "../protect.ts";
import { rowAgeMs } from "../row-age.ts";

/**
 * Takes the rows whose last update is longer ago than the age that the operator gave for rows of their kind, or else the
 * `pruneAfter` of the retention rule that matches them, or else that of the settings, unless something protects them. A rule of
 * stage `metadata` lets the row stay and takes its transcript. A row of unknown age stays under every preset
 * (docs/invariants.md I7).
 */
export const pruneStale: CleanupPass = (view) =>
  view.rows.map((facts) => {
    const rule = view.ruleOf(facts);
    const verdict = judge(facts, rule, view);
    return rule === undefined ? verdict : { ...verdict, reasons: [rule.reason, ...verdict.reasons] };
  });

function judge(facts: RowFacts, rule: AppliedRule | undefined, view: CleanupView): Verdict {
  const { key } = facts.row;
  const limitMs = limitFor(facts, rule, view);
  if (limitMs === undefined) return { key, action: "keep", reasons: ["other-kind"] };
  const ageMs = rowAgeMs(facts.time, view.now);
  if (ageMs === null) return { key, action: "keep", reasons: ["unknown-age"] };
  if (ageMs < -futureToleranceMs) return { key, action: "keep", reasons: ["updated-in-the-future"] };
  if (ageMs <= limitMs) return { key, action: "keep", reasons: ["within-prune-after"] };
  const protection = view.protectionOf(facts);
  if (protection !== undefined)
    return { key, action: "keep", reasons: ["older-than-prune-after", protection] };
  if (rule?.stage !== "metadata") return { key, action: "prune-stale", reasons: ["older-than-prune-after"] };
  const kept = { key, action: "keep", reasons: ["older-than-prune-after", "stage:metadata"] } as const;
  return facts.transcript.state === "present" ? { ...kept, change: { detached: true } } : kept;
}

/** The age that a row may have; undefined if only other kinds are asked about. */
function limitFor(
  facts: RowFacts,
  rule: AppliedRule | undefined,
  { policy, isOrdered }: CleanupView,
): number | undefined {
  const { orders, olderThanMs, pruneAfterMs } = policy;
  if (olderThanMs !== null && isOrdered(facts)) return olderThanMs;
  return orders.maintenance ? (rule?.pruneAfterMs ?? pruneAfterMs) : undefined;
}
