import { isOfKind, parseLeanRow } from "@sessionsmith/core";
import type { JsonObject, RowFacts, StoreSnapshot } from "@sessionsmith/core";
import type { CleanupPolicy } from "./cleanup-policy.ts";
import type { StoreFacts } from "./store-facts.ts";
import { ruleFinder } from "./match-rules.ts";
import type { RuleFinder } from "./match-rules.ts";
import { keptNewest } from "./newest-rows.ts";
import { activeKeyProtection, natureProtection, protectionContext, useProtection } from "./protect.ts";
import type { Protection } from "./protect.ts";

/** What is known of one store when its rows are judged. */
export interface CleanupBase {
  readonly snapshot: StoreSnapshot;
  readonly facts: StoreFacts;
  readonly policy: CleanupPolicy;
  /** Epoch ms; the only clock of a plan. */
  readonly now: number;
  /** The rows that may be judged and that no earlier pass took, in file order. */
  readonly rows: readonly RowFacts[];
}

/** What a pass sees of one store. A row is parsed only if nothing else settles a question. */
export interface CleanupView extends CleanupBase {
  /** The retention rule that decides on a row. */
  readonly ruleOf: RuleFinder;
  /** Why the policy keeps a row whatever a rule says. */
  readonly protectionOf: (facts: RowFacts) => Protection | undefined;
  /** Why a row stays that was named, or must go for what it is: the operator or somebody else needs it now. */
  readonly holdOn: (facts: RowFacts) => Protection | undefined;
  /** The same without the word of the operator. */
  readonly useOf: (facts: RowFacts) => Protection | undefined;
  /** The parsed value of a row. */
  readonly entryOf: (facts: RowFacts) => JsonObject;
  /** Whether an order given by hand is about a row of this kind. */
  readonly isOrdered: (facts: RowFacts) => boolean;
}

/** The view that the first pass gets. */
export function openCleanupView(base: CleanupBase): CleanupView {
  const { snapshot, policy, now, rows } = base;
  const context = protectionContext(snapshot, policy, now);
  const kinds = new Set(policy.kinds);
  const entryOf = ({ row }: RowFacts): JsonObject => {
    const entry = parseLeanRow(snapshot.document, row);
    if (entry === undefined) throw new Error(`row at byte ${row.keyRange.start} must not be judged`);
    return entry;
  };
  const { mainKey } = policy.keyRules;
  const ruleOf = ruleFinder(policy.rules, { agentId: snapshot.target.agentId, mainKey, entryOf });
  const newest = keptNewest(rows, { rules: policy.rules, ruleOf, now });
  const ruleProtection = (facts: RowFacts): Protection | undefined => {
    if (ruleOf(facts)?.pin === true) return "protected:pinned";
    return newest.has(facts.row.key) ? "protected:keep-newest" : undefined;
  };
  const useOf = (facts: RowFacts) => useProtection(facts, () => entryOf(facts), context);
  const holdOn = (facts: RowFacts) => activeKeyProtection(facts, context) ?? useOf(facts);
  const protectionOf = (facts: RowFacts) => {
    let entry: JsonObject | undefined;
    const entryOnce = () => (entry ??= entryOf(facts));
    return (
      activeKeyProtection(facts, context) ??
      ruleProtection(facts) ??
      natureProtection(facts, entryOnce, context) ??
      useProtection(facts, entryOnce, context)
    );
  };
  const isOrdered = (facts: RowFacts) => {
    if (kinds.size === 0) return true;
    const row = { key: facts.row.key, entry: () => entryOf(facts) };
    return isOfKind(row, kinds, mainKey);
  };
  return { ...base, ruleOf, protectionOf, holdOn, useOf, entryOf, isOrdered };
}
