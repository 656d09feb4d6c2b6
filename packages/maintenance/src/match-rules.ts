import { entryLabel, isOfKind, keyGlob, parseSessionKey, sessionChannel } from "@sessionsmith/core";
import type { JsonObject, RetentionRule, RowFacts, RuleMatch } from "@sessionsmith/core";

/** The rule that decides on a row. */
export interface AppliedRule extends RetentionRule {
  /** `rule:2`: its place in the list, from 1. The first reason of what it decides. */
  readonly reason: string;
}

/** Finds the rule of a row; undefined if none matches. */
export type RuleFinder = (facts: RowFacts) => AppliedRule | undefined;

/** What rows are matched by, beside themselves. */
export interface RuleContext {
  /** The agent of rows whose key names none. */
  readonly agentId: string;
  /** `session.mainKey`. */
  readonly mainKey: string | undefined;
  /** Parses a row; asked only where a rule looks at more than the key. */
  readonly entryOf: (facts: RowFacts) => JsonObject;
}

type Condition = (key: string, entry: () => JsonObject) => boolean;

/** Makes the finder of an ordered list of rules: the first one that matches counts. It remembers what it found. */
export function ruleFinder(rules: readonly RetentionRule[], context: RuleContext): RuleFinder {
  if (rules.length === 0) return () => undefined;
  const tried = rules.map((rule, n) => ({
    rule: { ...rule, reason: `rule:${n + 1}` },
    conditions: conditionsOf(rule.match, context),
  }));
  const found = new Map<string, AppliedRule | undefined>();
  return (facts) => {
    const { key } = facts.row;
    if (!found.has(key)) {
      const entry = () => context.entryOf(facts);
      const match = tried.find(({ conditions }) => conditions.every((holds) => holds(key, entry)));
      found.set(key, match?.rule);
    }
    return found.get(key);
  };
}

/** What the key answers stands first: most rows need not be parsed then. */
function conditionsOf(match: RuleMatch, { agentId, mainKey }: RuleContext): readonly Condition[] {
  const { agent, kind, channel, label } = match;
  const conditions: Condition[] = [];
  if (match.key !== undefined) conditions.push(keyGlob(match.key));
  if (agent !== undefined) conditions.push((key) => (parseSessionKey(key).agentId ?? agentId) === agent);
  if (kind !== undefined) {
    const kinds = new Set([kind]);
    conditions.push((key, entry) => isOfKind({ key, entry }, kinds, mainKey));
  }
  if (channel !== undefined) conditions.push((key, entry) => sessionChannel(key, entry()) === channel);
  if (label !== undefined) conditions.push((_, entry) => entryLabel(entry())?.trim() === label);
  return conditions;
}
