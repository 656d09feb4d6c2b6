import type { RetentionRule, RowFacts } from "@sessionsmith/core";
import type { AppliedRule, RuleFinder } from "./match-rules.ts";
import { futureToleranceMs } from "./protect.ts";

/** The rows of one rule. */
export interface RuleRows {
  readonly rule: AppliedRule;
  /**
   * Newest first; of one time, by key, so that the order of the file decides nothing. A row of unknown age, or of a time far in
   * the future, is not among them: nobody knows which place is its own.
   */
  readonly newestFirst: readonly RowFacts[];
}

/** Sorts rows by the rule that decides on them; rows without one are left out. */
export function rowsByRule(rows: readonly RowFacts[], ruleOf: RuleFinder, now: number): readonly RuleRows[] {
  const groups = new Map<AppliedRule, { readonly facts: RowFacts; readonly atMs: number }[]>();
  for (const facts of rows) {
    const rule = ruleOf(facts);
    const { time } = facts;
    if (rule === undefined || !time.known || time.atMs > now + futureToleranceMs) continue;
    const group = groups.get(rule) ?? [];
    groups.set(rule, group);
    group.push({ facts, atMs: time.atMs });
  }
  return [...groups].map(([rule, group]) => {
    const sorted = group.toSorted((a, b) => b.atMs - a.atMs || (a.facts.row.key < b.facts.row.key ? -1 : 1));
    return { rule, newestFirst: sorted.map(({ facts }) => facts) };
  });
}

/** What the newest rows are found by. */
export interface NewestContext {
  readonly rules: readonly RetentionRule[];
  readonly ruleOf: RuleFinder;
  /** Epoch ms. */
  readonly now: number;
}

/** The keys of the rows that a rule keeps because they are its newest. */
export function keptNewest(
  rows: readonly RowFacts[],
  { rules, ruleOf, now }: NewestContext,
): ReadonlySet<string> {
  if (!rules.some(({ keepNewest }) => keepNewest !== undefined)) return new Set();
  const kept = rowsByRule(rows, ruleOf, now).flatMap(({ rule, newestFirst }) =>
    newestFirst.slice(0, rule.keepNewest ?? 0),
  );
  return new Set(kept.map(({ row }) => row.key));
}
