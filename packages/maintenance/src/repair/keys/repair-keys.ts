import type { Unmended } from "../repair-domain.ts";
import type { RepairRequest } from "../repair-request.ts";
import type { RepairStore } from "../repair-store.ts";
import { carryOut } from "./carry-out.ts";
import { claimsOf, type Leave } from "./claim-keys.ts";
import type { KeyClaim } from "./key-claim.ts";
import { settleAll, withMoves } from "./settle-keys.ts";

/**
 * Gives every row the key under which OpenClaw looks for it, in the store of its agent. The rows and files of a session that
 * changes the store are there before they leave the other one. Where rows meet, the freshest has the key and each other session
 * goes on under a key of its own. Rows that name a session by its old key name it by the new one.
 */
export function repairKeys(given: readonly RepairStore[], request: RepairRequest): readonly RepairStore[] {
  const stores = [...given];
  const unmended = new Map<number, Unmended[]>();
  const leave: Leave = ({ store, facts }, reason) => {
    const left = { domain: "keys", what: "key-stays", key: facts.row.key, reasons: [reason] } as const;
    unmended.set(store, [...(unmended.get(store) ?? []), left]);
  };
  const claims: KeyClaim[] = [];
  for (let n = 0; n < stores.length; n += 1) claims.push(...claimsOf(stores, n, { request, leave }));
  const movable = withMoves(claims, stores, { request, leave });
  const settled = settleAll(movable, stores, leave);
  return stores
    .map((store, n) => carryOut(store, n, { stores, settled, request, unmended: unmended.get(n) ?? [] }))
    .filter(({ edits, steps }, n) => n < given.length || edits.length + steps.length > 0);
}
