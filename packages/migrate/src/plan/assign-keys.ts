import { createHash } from "node:crypto";
import { canonicalizeSessionKey, type Finding, finding } from "@sessionsmith/core";
import { type KeyRules, modernKey } from "../keys/legacy-key.ts";
import { keyOrigins, type WantedKeys } from "../keys/wanted-keys.ts";
import type { MigrationTarget } from "./migration-target.ts";

/** A session that needs keys in one store. */
export interface KeySeeker {
  /** The id that it has in its legacy store. */
  readonly legacyId: string;
  /** The id that it gets. */
  readonly sessionId: string;
  /** Absolute path of its file, and the same relative to what was migrated. */
  readonly path: string;
  readonly name: string;
  readonly updatedAt: number;
  readonly wanted: WantedKeys;
}

/** The keys that a session gets; the first is its own. */
export interface AssignedKeys {
  readonly keys: readonly string[];
  readonly findings: readonly Finding[];
}

/** Tells which keys a session gets, by the position that it had. */
export type KeysFor = (seeker: KeySeeker, n: number) => AssignedKeys;

/**
 * Gives every session its keys, no key to two sessions, and none that a row of the store has for another session.
 * Of several that want one key, the one with the stronger claim gets it (map, then metadata, then id), among equals the one that
 * was used last, then the one that comes first; the others get `agent:<agent>:legacy:<id>`. Pure.
 * @param seekers one a position; undefined for a session that needs no keys. Read twice.
 */
export function assignKeys(
  seekers: Iterable<KeySeeker | undefined>,
  target: MigrationTarget,
  rules: KeyRules,
): KeysFor {
  const owners = ownersInStore(target, rules);
  const { winners, isContested } = winnersOf(seekers, owners);
  const wins = ({ sessionId }: KeySeeker, n: number, key: string): boolean =>
    winners.get(key) === n || owners.get(key) === sessionId;
  const spares = new Map<number, string>();
  for (const [n, seeker] of isContested ? losersOf(seekers, wins) : []) {
    const isFree = (key: string) =>
      !winners.has(key) && (owners.get(key) ?? seeker.sessionId) === seeker.sessionId;
    const spare = spareKeys(seeker, rules).find(isFree);
    if (spare === undefined) throw new Error("a key made of a hash is taken");
    winners.set(spare, n);
    spares.set(n, spare);
  }
  return (seeker, n) => {
    const won = seeker.wanted.keys.filter((key) => wins(seeker, n, key));
    const [key = spares.get(n)] = won;
    if (key === undefined) throw new Error("a session that sought no keys");
    const lost = seeker.wanted.keys.filter((other) => other !== key && !won.includes(other));
    const findings = lost.map((other) =>
      finding("legacy-key-changed", { path: seeker.path, key: other }, { key }),
    );
    return {
      keys: won.length === 0 ? [key] : won,
      findings: findings.length === 0 ? noFindings : findings,
    };
  };
}

/** The ids of the sessions in a store, by their keys as OpenClaw spells them. */
function ownersInStore({ document }: MigrationTarget, rules: KeyRules): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const { key, sessionId, shadowed } of document.rows)
    if (!shadowed) owners.set(canonicalizeSessionKey(key, rules), sessionId ?? "");
  return owners;
}

/** The position of the strongest claim to each key that no row has, and whether any session may go without a key that it wants. */
function winnersOf(
  seekers: Iterable<KeySeeker | undefined>,
  owners: ReadonlyMap<string, string>,
): { readonly winners: Map<string, number>; readonly isContested: boolean } {
  const winners = new Map<string, number>();
  const claims: Claim[] = [];
  let isContested = false;
  for (const seeker of seekers) {
    const n = claims.length;
    const claim = claimOf(seeker);
    claims.push(claim);
    if (seeker === undefined) continue;
    const { keys } = seeker.wanted;
    isContested ||= keys.length === 0;
    for (const key of keys) {
      const best = claims[winners.get(key) ?? n] ?? claim;
      const isFree = best === claim && !owners.has(key);
      isContested ||= !isFree;
      if (isFree || (!owners.has(key) && byClaim(claim, best) < 0)) winners.set(key, n);
    }
  }
  return { winners, isContested };
}

/** How strong a claim is. */
interface Claim {
  /** The position of its origin in {@link keyOrigins}. */
  readonly rank: number;
  readonly updatedAt: number;
}

function claimOf(seeker: KeySeeker | undefined): Claim {
  if (seeker === undefined) return noClaim;
  return { rank: keyOrigins.indexOf(seeker.wanted.origin), updatedAt: seeker.updatedAt };
}

const noClaim: Claim = { rank: keyOrigins.length, updatedAt: 0 };

/** The stronger claim first. */
function byClaim(a: Claim, b: Claim): number {
  return a.rank - b.rank || b.updatedAt - a.updatedAt;
}

/** The sessions that get none of the keys that they want, the one with the strongest claim first. */
function losersOf(
  seekers: Iterable<KeySeeker | undefined>,
  wins: (seeker: KeySeeker, n: number, key: string) => boolean,
): readonly (readonly [number, KeySeeker])[] {
  const losers: (readonly [number, KeySeeker])[] = [];
  let n = 0;
  for (const seeker of seekers) {
    const own = n;
    if (seeker !== undefined && !seeker.wanted.keys.some((key) => wins(seeker, own, key)))
      losers.push([own, seeker]);
    n += 1;
  }
  return losers.toSorted(([, a], [, b]) => byClaim(claimOf(a), claimOf(b)));
}

const noFindings: readonly Finding[] = [];

/** What the keys of a session are made of. */
type KeyParts = Pick<KeySeeker, "legacyId" | "name" | "wanted">;

/** All keys that a session may get in a store, those that it asks for first. */
export function keysOf(parts: KeyParts, rules: KeyRules): readonly string[] {
  return [...parts.wanted.keys, ...spareKeys(parts, rules)];
}

/** Tells a key that a session got because others have those that it asks for. */
export function isSpareKey(key: string, { agentId, keys }: WantedKeys): boolean {
  return key.startsWith(`agent:${agentId}:legacy:`) && !keys.includes(key);
}

function spareKeys({ legacyId, name, wanted }: KeyParts, rules: KeyRules): readonly string[] {
  const { agentId } = wanted;
  const hash = createHash("sha256")
    .update(JSON.stringify([name, legacyId]))
    .digest("hex");
  const plain = `agent:${agentId}:legacy:${legacyId}`;
  const spares = [plain, `${plain}-${hash.slice(0, 8)}`, `agent:${agentId}:legacy:${hash}`];
  return spares.flatMap((key) => modernKey(key, { ...rules, agentId }) ?? []);
}
