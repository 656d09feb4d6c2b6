import { StoreError } from "@sessionsmith/core";
import { type ContextUnit, sumTokens } from "./tool-units.ts";

/** Why a context should hold a unit: a message of the system, one with a label, an important one, or only because it is new. */
export type UnitRank = "system" | "pinned" | "important" | "plain";

/** A unit, and why a context should hold it. */
export interface RankedUnit {
  readonly rank: UnitRank;
  readonly unit: ContextUnit;
}

/** The part of the budget that the newest messages leave to important older ones, if there are any. */
const importantShare = 1 / 4;

/**
 * Chooses what a context holds, in this order: all messages of the system; pinned ones, the newest first; the newest of the
 * others up to the first that does not fit, of which up to a quarter is left to important older ones; those, the newest
 * first; and what then still fits of the others, without a gap.
 * @param units from the newest to the oldest
 * @throws StoreError E_BUDGET if the messages of the system alone do not fit
 */
export function chooseSmart(units: readonly RankedUnit[], maxTokens: number): readonly ContextUnit[] {
  const of = (rank: UnitRank) => units.filter((each) => each.rank === rank).map(({ unit }) => unit);
  const system = of("system");
  const left = leftAfter(system, maxTokens);
  const pinned = fitting(of("pinned"), left);
  const others = units.filter(({ rank }) => rank !== "system" && rank !== "pinned");
  return [...system, ...pinned, ...chooseOthers(others, left - sumTokens(pinned))];
}

/** What the messages of the system leave. @throws StoreError E_BUDGET if they do not fit */
export function leftAfter(system: readonly ContextUnit[], maxTokens: number): number {
  const needed = sumTokens(system);
  if (needed <= maxTokens) return maxTokens - needed;
  throw new StoreError(
    "E_BUDGET",
    `The messages of the system take ${needed} tokens, and the context may hold ${maxTokens}.`,
    { hint: "Allow a larger context, or shorten them.", details: { needed, maxTokens } },
  );
}

function chooseOthers(others: readonly RankedUnit[], budget: number): readonly ContextUnit[] {
  const recent: ContextUnit[] = [];
  let left = budget;
  let reserve = sumTokens(others.filter(isImportant).map(({ unit }) => unit));
  for (const { rank, unit } of others) {
    if (rank === "important") reserve -= unit.tokens;
    if (unit.tokens > left - Math.min(reserve, Math.floor(budget * importantShare))) break;
    recent.push(unit);
    left -= unit.tokens;
  }
  const older = others.slice(recent.length);
  const important = fitting(
    older.filter(isImportant).map(({ unit }) => unit),
    left,
  );
  left -= sumTokens(important);
  const chosen = new Set([...recent, ...important]);
  for (const { unit } of older) {
    if (chosen.has(unit)) continue;
    if (unit.tokens > left) break;
    chosen.add(unit);
    left -= unit.tokens;
  }
  return [...chosen];
}

function isImportant({ rank }: RankedUnit): boolean {
  return rank === "important";
}

/** Those that fit, one after the other; one that does not fit keeps no later one out. */
function fitting(units: readonly ContextUnit[], budget: number): readonly ContextUnit[] {
  let left = budget;
  return units.filter(({ tokens }) => {
    if (tokens > left) return false;
    left -= tokens;
    return true;
  });
}
