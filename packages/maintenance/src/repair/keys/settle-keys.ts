import { normalizeAgentId } from "@sessionsmith/core";
import type { RepairRequest } from "../repair-request.ts";
import type { RepairStore } from "../repair-store.ts";
import type { Leave } from "./claim-keys.ts";
import { isMisplaced, type KeyClaim } from "./key-claim.ts";
import { moveSession, type SessionMove } from "./move-session.ts";
import { settleClaims, type SettledClaim } from "./settle-claims.ts";

/** A claim whose session changes the store, with how its files get there. */
interface MovableClaim extends KeyClaim {
  readonly move?: SessionMove;
}

/** A store that sessions leave gets none in the same operation: what arrives is always there before it leaves. */
export function withMoves(
  claims: readonly KeyClaim[],
  stores: readonly RepairStore[],
  { request, leave }: { readonly request: RepairRequest; readonly leave: Leave },
): readonly MovableClaim[] {
  const [sources, homes] = [new Set<number>(), new Set<number>()];
  const made = stores.map(() => new Set<string>());
  return claims.map((claim): MovableClaim => {
    const [from, to, names] = [stores[claim.store], stores[claim.home], made[claim.home]];
    if (claim.store === claim.home || from === undefined || to === undefined || names === undefined)
      return claim;
    const stay = (reason: string): KeyClaim => {
      leave(claim, reason);
      return { ...claim, home: claim.store, key: claim.facts.row.key };
    };
    if (homes.has(claim.store) || sources.has(claim.home)) return stay("repair-again");
    const move = moveSession(request.host.fs, claim, { from, to, made: names });
    if ("conflict" in move) return stay(move.conflict);
    sources.add(claim.store);
    homes.add(claim.home);
    return { ...claim, move };
  });
}

/** What becomes of a row, with how its files get to another store. */
export type Settled = SettledClaim & { readonly claim: MovableClaim };

export function settleAll(
  claims: readonly MovableClaim[],
  stores: readonly RepairStore[],
  leave: Leave,
): readonly Settled[] {
  const groups = new Map<string, MovableClaim[]>();
  for (const claim of claims) {
    const name = `${claim.home} ${claim.key}`;
    groups.set(name, [...(groups.get(name) ?? []), claim]);
  }
  const taken = stores.map(({ snapshot }) => new Set(snapshot.document.rows.map(({ key }) => key)));
  const changeable = new Set(claims.map(({ store, facts }) => `${store} ${facts.row.key}`));
  return [...groups.values()].flatMap((group): readonly Settled[] => {
    const [first] = group;
    const home = first && stores[first.home];
    if (first === undefined || home === undefined || !group.some(isMisplaced)) return [];
    // A row that is in use, or that nobody understands, keeps its key.
    const isHeld = home.trails.has(first.key) && !changeable.has(`${first.home} ${first.key}`);
    if (isHeld) {
      for (const claim of group) leave(claim, "key-taken");
      return [];
    }
    return settleClaims(group, normalizeAgentId(home.target.agentId), taken[first.home] ?? new Set()).map(
      (one) => ({ ...one, claim: group.find((claim) => claim === one.claim) ?? first }),
    );
  });
}
