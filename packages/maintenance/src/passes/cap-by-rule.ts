import type { CleanupPass } from "../cleanup-pass.ts";
import { rowsByRule } from "../newest-rows.ts";

/**
 * Takes, for each retention rule with `maxEntries`, the oldest rows beyond it among those that match the rule. What is protected
 * stays, and its place counts. A row whose place can't be told, because its time is unknown or far in the future, stays too.
 */
export const capByRule: CleanupPass = ({ rows, ruleOf, now, protectionOf }) =>
  rowsByRule(rows, ruleOf, now).flatMap(({ rule, newestFirst }) => {
    const { maxEntries, reason } = rule;
    if (maxEntries === undefined) return [];
    return newestFirst.map((facts, place) => {
      const { key } = facts.row;
      if (place < maxEntries) return { key, action: "keep", reasons: [reason, "within-max-entries-of-rule"] };
      const reasons = [reason, "beyond-max-entries-of-rule"];
      const protection = protectionOf(facts);
      return protection === undefined
        ? { key, action: "cap-overflow", reasons }
        : { key, action: "keep", reasons: [...reasons, protection] };
    });
  });
