import { recoveredKey } from "../index/recovered-key.ts";
import { freshnessOf, isMisplaced, type KeyClaim } from "./key-claim.ts";

/** What becomes of one row that has, or wants, a key that others have or want. */
export interface SettledClaim {
  readonly claim: KeyClaim;
  /** Its key afterwards; undefined if the row leaves, because another row has its session. */
  readonly key: string | undefined;
  readonly reasons: readonly string[];
}

/**
 * Decides who gets a key: the freshest of the rows that have it or want it, among equally fresh ones the one that has it. Of the
 * others, those of the same session have nothing to say that it does not; each other session goes on under a key of its own. Rows that stay as
 * they are are not returned. Pure.
 * @param claims all rows of all stores that have or want this key in the same store
 * @param taken the keys of that store, with those that were given before
 */
export function settleClaims(
  claims: readonly KeyClaim[],
  agentId: string,
  taken: Set<string>,
): readonly SettledClaim[] {
  const ranked = claims.toSorted(
    (a, b) => freshnessOf(b) - freshnessOf(a) || Number(isMisplaced(a)) - Number(isMisplaced(b)),
  );
  const [winner, ...others] = ranked;
  if (winner === undefined) return [];
  const { key } = winner;
  const settled: SettledClaim[] = isMisplaced(winner)
    ? [{ claim: winner, key, reasons: whyOf(winner, others.length > 0) }]
    : [];
  for (const claim of others) {
    const { sessionId } = claim.facts.row;
    const isAlias = sessionId === undefined || sessionId === winner.facts.row.sessionId;
    if (isAlias && hasNothingOfItsOwn(claim, winner)) {
      settled.push({ claim, key: undefined, reasons: [`alias-of:${key}`] });
      continue;
    }
    const own = recoveredKey(agentId, sessionId ?? "unnamed", taken);
    taken.add(own);
    settled.push({ claim, key: own, reasons: [`older-than:${key}`] });
  }
  taken.add(key);
  return settled;
}

/** A row of the same session may still name another transcript. */
function hasNothingOfItsOwn({ store, facts }: KeyClaim, winner: KeyClaim): boolean {
  const [own, other] = [facts.transcript, winner.facts.transcript];
  if (own.state === "missing" || own.state === "unnamed") return true;
  if (store !== winner.store) return false;
  return own.state === "present" && other.state === "present" && own.name === other.name;
}

function whyOf({ store, home, facts, key }: KeyClaim, hasOthers: boolean): readonly string[] {
  return [
    ...(facts.row.key === key ? [] : ["key-not-canonical"]),
    ...(store === home ? [] : ["wrong-store"]),
    ...(hasOthers ? ["freshest-of-key"] : []),
  ];
}
