import { isModelRunKey } from "@sessionsmith/core";
import type { RowFacts } from "@sessionsmith/core";
import type { CleanupPass, Verdict } from "../cleanup-pass.ts";
import type { CleanupView } from "../cleanup-view.ts";
import { rowAgeMs } from "../row-age.ts";

/** How long the session of a one-shot model probe is of use: a day. */
const probeLifeMs = 86_400_000;

/**
 * Takes the sessions of model probes that are older than a day, but only while more rows are left than `maxEntries`, so that
 * they go before any conversation is capped. OpenClaw 2026.5.28 has no such rule, so only `safe` has it.
 */
export const pruneModelRuns: CleanupPass = (view) => {
  const { rows, policy } = view;
  if (policy.preset !== "safe" || rows.length <= policy.maxEntries) return [];
  return rows.filter(({ row }) => isModelRunKey(row.key)).map((facts) => judge(facts, view));
};

function judge(facts: RowFacts, { now, protectionOf }: CleanupView): Verdict {
  const { key } = facts.row;
  const ageMs = rowAgeMs(facts.time, now);
  if (ageMs !== null && ageMs <= probeLifeMs)
    return { key, action: "keep", reasons: ["model-run-within-a-day"] };
  const protection = protectionOf(facts);
  return protection === undefined
    ? { key, action: "prune-model-run", reasons: ["model-run-under-cap-pressure"] }
    : { key, action: "keep", reasons: [protection] };
}
