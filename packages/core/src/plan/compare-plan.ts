import type { StoreSnapshot } from "../snapshot/store-snapshot.ts";
import type { RowDecision } from "./decision.ts";
import type { Plan, PlanPart } from "./plan.ts";
import { rowSha256 } from "./row-sha256.ts";

/** How the rows of a store differ from those that a plan was made for, as session keys in file order. */
export interface PlanDrift {
  /** A removed row of which a byte differs, or a kept one with another session id or time. */
  readonly changed: readonly string[];
  readonly added: readonly string[];
  readonly vanished: readonly string[];
}

/** Compares the rows that a part of a plan decided on with the store as it is. Pure. */
export function comparePlan(part: PlanPart, plan: Pick<Plan, "now">, snapshot: StoreSnapshot): PlanDrift {
  const decisions = new Map(part.rows.map((decision) => [decision.key, decision]));
  const changed: string[] = [];
  const added: string[] = [];
  const present = new Set<string>();
  for (const facts of snapshot.rows) {
    const { key } = facts.row;
    present.add(key);
    const decision = decisions.get(key);
    if (decision === undefined) added.push(key);
    else if (hasChanged(decision, describe(facts, plan.now), snapshot)) changed.push(key);
  }
  const vanished = part.rows.map(({ key }) => key).filter((key) => !present.has(key));
  return { changed, added, vanished };
}

type Facts = StoreSnapshot["rows"][number];

function describe({ row, time }: Facts, now: number) {
  return { row, sessionId: row.sessionId, ageMs: time.known ? now - time.atMs : null };
}

function hasChanged(
  decision: RowDecision,
  present: ReturnType<typeof describe>,
  { document }: StoreSnapshot,
): boolean {
  const { rowSha256: planned, sessionId, ageMs } = decision;
  if (planned !== undefined) return planned !== rowSha256(document, present.row);
  return sessionId !== present.sessionId || ageMs !== present.ageMs;
}
