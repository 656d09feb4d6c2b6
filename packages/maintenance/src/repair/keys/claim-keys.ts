import { isStoreError, normalizeAgentId, type StoreTarget } from "@sessionsmith/core";
import { openMissingStore } from "../open-missing-store.ts";
import { openRepairStore } from "../open-repair-store.ts";
import type { RepairRequest } from "../repair-request.ts";
import type { RepairStore } from "../repair-store.ts";
import { changeableRows, type KeyClaim } from "./key-claim.ts";
import { agentOfKey, type KeyRules, wantedKey } from "./wanted-key.ts";

/** Takes down that a row stays as it is, and why. */
export type Leave = (claim: Pick<KeyClaim, "facts" | "store">, reason: string) => void;

/** The rules for the keys of one store. */
function keyRulesOf({ target }: RepairStore, { settings, rename }: RepairRequest): KeyRules {
  const { mainKey, scope, agents } = settings;
  const agentId = normalizeAgentId(target.agentId);
  return { agentId, mainKey, scope, mainAgentMissing: agents.every(({ id }) => id !== "main"), rename };
}

/** The claims of one store; stores of agents that are met on the way are opened and added. */
export function claimsOf(
  stores: RepairStore[],
  n: number,
  { request, leave }: { readonly request: RepairRequest; readonly leave: Leave },
): readonly KeyClaim[] {
  const store = stores[n];
  if (store === undefined) return [];
  const rules = keyRulesOf(store, request);
  return changeableRows(store).map(([facts, entry]): KeyClaim => {
    const key = wantedKey(facts.row.key, rules);
    const home = homeOf(stores, { key, n }, request);
    if (typeof home === "number") return { store: n, facts, entry, key, home };
    leave({ store: n, facts }, home);
    return { store: n, facts, entry, key: facts.row.key, home: n };
  });
}

/** Where a key of store `n` belongs, or why it has no such place. */
function homeOf(
  stores: RepairStore[],
  { key, n }: { readonly key: string; readonly n: number },
  request: RepairRequest,
): number | "no-store-of-its-agent" | "store-of-its-agent-unusable" {
  const agentId = agentOfKey(key);
  const target = stores[n]?.target;
  if (target === undefined || agentId === undefined || target.shared) return n;
  if (normalizeAgentId(target.agentId) === agentId) return n;
  const known = stores.findIndex(
    (one) => !one.target.shared && normalizeAgentId(one.target.agentId) === agentId,
  );
  if (known >= 0) return known;
  const isKnownAgent =
    request.settings.agents.some(({ id }) => id === agentId) || request.rename?.to === agentId;
  const other = isKnownAgent && target.origin !== "store-flag" ? request.storeOf?.(agentId) : undefined;
  if (other === undefined || other.shared) return "no-store-of-its-agent";
  const opened = openOther(request, other);
  if (opened === undefined) return "store-of-its-agent-unusable";
  stores.push(opened);
  return stores.length - 1;
}

/** A store that is not selected is not repaired otherwise; one that can't be read gets nothing. */
function openOther(request: RepairRequest, target: StoreTarget): RepairStore | undefined {
  try {
    request.requireEra?.(target);
    return openRepairStore({ ...request, domains: new Set(["keys"]) }, target);
  } catch (error) {
    if (!isStoreError(error)) throw error;
    return error.code === "E_NOT_FOUND" ? openMissingStore(target) : undefined;
  }
}
