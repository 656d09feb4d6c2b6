import { isManagedEntry } from "@sessionsmith/core";
import type { RowFacts } from "@sessionsmith/core";
import type { CleanupPass, Verdict } from "../cleanup-pass.ts";
import type { CleanupView } from "../cleanup-view.ts";
import { rowAgeMs } from "../row-age.ts";

/**
 * Takes the rows of sessions in which nobody ever said anything: the transcript exists and holds no message by the same rule
 * as in `fixMissing`. Other than there, a missing transcript is no reason, and under both presets every protection counts
 * and the row must be older than the minimum age.
 */
export const pruneGhosts: CleanupPass = (view) =>
  view.rows.filter((facts) => isSilent(facts, view)).map((facts) => judge(facts, view));

function isSilent(facts: RowFacts, view: CleanupView): boolean {
  const { transcript } = facts;
  const isEmpty = transcript.state === "present" && view.facts.messages.get(transcript.name) === "none";
  return isEmpty && view.isOrdered(facts);
}

function judge(facts: RowFacts, view: CleanupView): Verdict {
  const { key } = facts.row;
  const hold = holdOn(facts, view);
  return hold === undefined
    ? { key, action: "prune-ghost", reasons: ["transcript-without-message"] }
    : { key, action: "keep", reasons: ["transcript-without-message", hold] };
}

function holdOn(facts: RowFacts, view: CleanupView): string | undefined {
  const ageMs = rowAgeMs(facts.time, view.now);
  if (ageMs === null) return "unknown-age";
  if (ageMs < view.policy.minAgeMs) return "younger-than-minimum-age";
  return isManagedEntry(view.entryOf(facts)) ? "protected:managed" : view.protectionOf(facts);
}
