import { parseLeanRow } from "@sessionsmith/core";
import type { PlanPart, RowDecision, StoreSnapshot } from "@sessionsmith/core";
import type { CleanupPolicy } from "../cleanup-policy.ts";
import { placeDirectRow } from "./place-direct-row.ts";

/** A row of direct messages that gets another key, or leaves for the row that has it. */
export interface RescopedRow {
  readonly from: string;
  /** The key under which the conversation goes on. */
  readonly to: string;
  /** `rekey`: the row stays under the key `to`. `retire-dm-scope`: it leaves, because a fresher row of the person has that key. */
  readonly action: "rekey" | "retire-dm-scope";
  /** The peers whose sessions come together under `to`, as `<channel>:<id>`; sorted. */
  readonly joins: readonly string[];
}

/** What a plan with the order `rescope` brings together, in the order of its rows. Pure. */
export function listRescoped(
  { rows }: Pick<PlanPart, "rows">,
  { document, rows: present }: StoreSnapshot,
  { dmRouting }: Pick<CleanupPolicy, "dmRouting">,
): readonly RescopedRow[] {
  const factsOf = new Map(present.map((facts) => [facts.row.key, facts]));
  const peersAt = new Map<string, Set<string>>();
  const moved: Omit<RescopedRow, "joins">[] = [];
  for (const decision of rows) {
    const facts = factsOf.get(decision.key);
    const entry = facts && parseLeanRow(document, facts.row);
    if (entry === undefined || !mayHaveMoved(decision)) continue;
    const place = placeDirectRow(decision.key, entry, dmRouting);
    if (place === undefined || typeof place === "string") continue;
    const { target, peer } = place;
    const action = actionOf(decision);
    if (action === undefined && decision.key !== target) continue;
    peersAt.set(target, (peersAt.get(target) ?? new Set()).add(peer));
    if (action !== undefined) moved.push({ from: decision.key, to: target, action });
  }
  return moved.map((row) => ({ ...row, joins: [...(peersAt.get(row.to) ?? [])].toSorted() }));
}

function mayHaveMoved({ action }: RowDecision): boolean {
  return action === "keep" || action === "retire-dm-scope";
}

function actionOf({ action, change }: RowDecision): RescopedRow["action"] | undefined {
  if (action === "retire-dm-scope") return action;
  return change?.key === undefined ? undefined : "rekey";
}
