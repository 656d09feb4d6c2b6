import {
  isStoreError,
  normalizeAgentId,
  protectSharedFiles,
  renamedReferences,
  type RowChange,
  type StoreSnapshot,
  type StoreTarget,
} from "@sessionsmith/core";
import { changedMember } from "../changed-member.ts";
import { editRows } from "../edit-rows.ts";
import { openMissingStore } from "../open-missing-store.ts";
import { openRepairStore } from "../open-repair-store.ts";
import type { Mend, Unmended } from "../repair-domain.ts";
import type { RepairRequest } from "../repair-request.ts";
import type { RepairStore } from "../repair-store.ts";
import type { RowEdit } from "../row-edit.ts";
import { changeableRows, isMisplaced, type KeyClaim } from "./key-claim.ts";
import { type KeyRules, agentOfKey, wantedKey } from "./wanted-key.ts";
import { moveSession, retireStep, type SessionMove } from "./move-session.ts";
import { settleClaims, type SettledClaim } from "./settle-claims.ts";

/** The rules for the keys of one store. */
export function keyRulesOf({ target }: RepairStore, { settings, rename }: RepairRequest): KeyRules {
  const { mainKey, scope, agents } = settings;
  const agentId = normalizeAgentId(target.agentId);
  return { agentId, mainKey, scope, mainAgentMissing: agents.every(({ id }) => id !== "main"), rename };
}

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

/** Takes down that a row stays as it is, and why. */
type Leave = (claim: Pick<KeyClaim, "facts" | "store">, reason: string) => void;

/** The claims of one store; stores of agents that are met on the way are opened and added. */
function claimsOf(
  stores: RepairStore[],
  n: number,
  { request, leave }: { readonly request: RepairRequest; readonly leave: Leave },
): readonly KeyClaim[] {
  const store = stores[n];
  if (store === undefined) return [];
  const rules = keyRulesOf(store, request);
  return changeableRows(store).map(([facts, entry]): KeyClaim => {
    const key = wantedKey(facts.row.key, rules);
    const home = homeOf(key, stores, n, request);
    if (home === undefined) leave({ store: n, facts }, "no-store-of-its-agent");
    return { store: n, facts, entry, key: home === undefined ? facts.row.key : key, home: home ?? n };
  });
}

/** Where a key belongs; undefined if there is no such place, or it can't be told. */
function homeOf(key: string, stores: RepairStore[], n: number, request: RepairRequest): number | undefined {
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
  if (other === undefined || other.shared) return undefined;
  const opened = openOther(request, other);
  if (opened === undefined) return undefined;
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

/** A claim whose session changes the store, with how its files get there. */
interface MovableClaim extends KeyClaim {
  readonly move?: SessionMove;
}

/** A store that sessions leave gets none in the same operation: what arrives is always there before it leaves. */
function withMoves(
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

type Settled = SettledClaim & { readonly claim: MovableClaim };

function settleAll(
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

interface Outcome {
  readonly stores: readonly RepairStore[];
  readonly settled: readonly Settled[];
  readonly request: RepairRequest;
  readonly unmended: readonly Unmended[];
}

/** Everything that is settled, as far as it concerns one store. */
function carryOut(
  store: RepairStore,
  n: number,
  { stores, settled, request, unmended }: Outcome,
): RepairStore {
  const renames = new Map(settled.map(({ claim }) => [claim.facts.row.key, claim.key]));
  const newKeyOf = (key: string): string | undefined => renames.get(key);
  const leaving = settled.filter(({ claim, key }) => claim.store === n && key === undefined);
  const moved = settled.filter(
    ({ claim, key }) => claim.store === n && claim.home !== n && key !== undefined,
  );
  const arriving = settled.filter(
    ({ claim, key }) => claim.home === n && claim.store !== n && key !== undefined,
  );
  const renamed = new Map(
    settled.flatMap((one) =>
      one.claim.store === n && one.claim.home === n ? [[one.claim.facts.row.key, one] as const] : [],
    ),
  );
  const edits: RowEdit[] = changeableRows(store).flatMap(([{ row }, entry]): readonly RowEdit[] => {
    const one = renamed.get(row.key);
    if (one !== undefined && one.key === undefined) return [];
    if (moved.some(({ claim }) => claim.facts.row.key === row.key)) return [];
    if (leaving.some(({ claim }) => claim.facts.row.key === row.key)) return [];
    const fields = renamedReferences(entry, newKeyOf);
    const isNamed = Object.keys(fields).length > 0;
    if (one?.key === undefined && !isNamed) return [];
    const change: RowChange = {
      ...(one?.key === undefined || one.key === row.key ? {} : { key: one.key }),
      ...(isNamed ? { fields } : {}),
    };
    return [{ kind: "change", key: row.key, change, reasons: one?.reasons ?? ["names-renamed-key"] }];
  });
  for (const { claim, reasons } of leaving)
    edits.push({ kind: "drop-alias", key: claim.facts.row.key, reasons });
  for (const { claim, reasons } of moved)
    edits.push({ kind: "move-store", key: claim.facts.row.key, reasons });
  for (const { claim, key, reasons } of arriving) {
    const source = stores[claim.store];
    if (source === undefined || key === undefined) continue;
    const { fields = {}, ...rest } = claim.move?.change ?? {};
    const change = { ...rest, key, fields: { ...fields, ...renamedReferences(claim.entry, newKeyOf) } };
    const member = changedMember(source.snapshot.document, claim.facts.row, change);
    edits.push({ kind: "add", key, sessionId: claim.facts.row.sessionId, member, reasons });
  }
  const copies = arriving.flatMap(({ claim }) => claim.move?.steps ?? []);
  const retired = moved.length === 0 ? [] : retiredFiles(withProtection(store, request), moved);
  const changed = editRows(store, request, edits);
  return {
    ...changed,
    steps: [...changed.steps, ...copies, ...retired.map(([name, fact]) => retireStep(name, fact))],
    files: [
      ...changed.files,
      ...retired.map(
        ([name, { size }]) => ({ name, action: "trash", reasons: ["move-store"], size }) as const,
      ),
    ],
    mends: [...changed.mends, ...mendsOf(settled, n, stores), ...referenceMends(edits, renamed)],
    unmended: [...changed.unmended, ...unmended],
  };
}

/** What rows of other indexes need stays; as long as one can't be read, everything may be needed. */
function withProtection(
  { snapshot }: RepairStore,
  { host, otherIndexPaths = [] }: RepairRequest,
): StoreSnapshot {
  return protectSharedFiles(host.fs, snapshot, otherIndexPaths);
}

/** Files of sessions that are moved, and that no row needs which stays. */
function retiredFiles(snapshot: StoreSnapshot, moved: readonly Settled[]) {
  const keys = new Set(moved.map(({ claim }) => claim.facts.row.key));
  const { rowsByFile, protectedElsewhere, unread } = snapshot.references;
  if (unread.length > 0) return [];
  const names = new Set(moved.flatMap(({ claim }) => claim.move?.names ?? []));
  return [...names].flatMap((name) => {
    const fact = snapshot.files.get(name)?.fact;
    const isFree =
      (rowsByFile.get(name) ?? []).every((key) => keys.has(key)) && !protectedElsewhere.has(name);
    return fact?.kind === "file" && fact.nlink === 1 && isFree ? [[name, fact] as const] : [];
  });
}

function mendsOf(settled: readonly Settled[], n: number, stores: readonly RepairStore[]): readonly Mend[] {
  return settled.flatMap(({ claim, key, reasons }): readonly Mend[] => {
    if (claim.home !== n) return [];
    const { row } = claim.facts;
    const id = row.sessionId === undefined ? {} : { sessionId: row.sessionId };
    if (key === undefined)
      return [{ domain: "keys", what: "alias-dropped", key: claim.key, ...id, from: row.key, reasons }];
    const isMoved = claim.store !== n;
    const from = isMoved ? `${stores[claim.store]?.target.agentId ?? ""}: ${row.key}` : row.key;
    return [{ domain: "keys", what: isMoved ? "row-moved" : "key-renamed", key, ...id, from, reasons }];
  });
}

function referenceMends(edits: readonly RowEdit[], renamed: ReadonlyMap<string, unknown>): readonly Mend[] {
  const named = edits.filter(({ kind, key }) => kind === "change" && !renamed.has(key));
  return named.map(({ key, reasons }) => ({ domain: "keys", what: "reference-renamed", key, reasons }));
}
