import { canonicalizeSessionKey } from "@sessionsmith/core";
import type { RowFacts } from "@sessionsmith/core";
import type { CleanupView } from "../cleanup-view.ts";
import { whyNotJudged } from "../why-not-judged.ts";
import { placeDirectRow } from "./place-direct-row.ts";
import type { DirectPlace, Unplaced } from "./place-direct-row.ts";

/** A row of a direct message with the place that the present scope gives it. */
export interface DirectRow extends DirectPlace {
  readonly facts: RowFacts;
  /** The key of the row in canonical spelling. */
  readonly canonical: string;
}

/** All rows that the present scope puts under one key. */
export interface DirectGroup {
  readonly target: string;
  readonly rows: readonly DirectRow[];
}

/** The direct messages of a store. */
export interface DirectRows {
  /** Only groups in which some row stands under another key. */
  readonly groups: readonly DirectGroup[];
  /** Rows that have no place, with the reason. */
  readonly unplaced: ReadonlyMap<string, Unplaced>;
  /** Canonical keys of all rows that are in no group: what stands there can't be moved away. */
  readonly taken: ReadonlySet<string>;
}

/** Groups the rows that a pass may judge by the keys that the present scope makes for them. */
export function groupDirectRows(view: CleanupView): DirectRows {
  const { snapshot, policy, entryOf } = view;
  const canonicalOf = canonicalizerOf(view);
  const byTarget = new Map<string, DirectRow[]>();
  const unplaced = new Map<string, Unplaced>();
  const others = snapshot.rows.filter((facts) => whyNotJudged(facts, snapshot.target) !== undefined);
  for (const facts of view.rows) {
    const { key } = facts.row;
    const place = placeDirectRow(key, entryOf(facts), policy.dmRouting);
    if (place === undefined || typeof place === "string") {
      if (place !== undefined) unplaced.set(key, place);
      others.push(facts);
      continue;
    }
    const group = byTarget.get(place.target) ?? [];
    group.push({ ...place, facts, canonical: canonicalOf(key) });
    byTarget.set(place.target, group);
  }
  const groups = [...byTarget].map(([target, rows]) => ({ target, rows }));
  return {
    groups: groups.filter(({ target, rows }) => rows.some(({ canonical }) => canonical !== target)),
    unplaced,
    taken: new Set(others.map(({ row }) => canonicalOf(row.key))),
  };
}

/** The canonical spelling of a key of this store. */
export function canonicalizerOf({
  snapshot,
  policy,
}: Pick<CleanupView, "policy" | "snapshot">): (key: string) => string {
  const options = { ...policy.keyRules, agentId: snapshot.target.agentId };
  return (key) => canonicalizeSessionKey(key, options);
}
