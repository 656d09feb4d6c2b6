import { createHash } from "node:crypto";
import {
  canonicalizeSessionKey,
  type Finding,
  finding,
  repeatedTexts,
  type Sequence,
} from "@sessionsmith/core";
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

/** Sessions one a position, each time the same; undefined for a session that needs no keys. */
export type Seekers = Sequence<KeySeeker | undefined>;

/**
 * Gives every session its keys, no key to two sessions, and none that a row of the store has for another session.
 * Of several that want one key, the one with the stronger claim gets it (map, then metadata, then id), among equals the one that
 * was used last, then the one that comes first; the others get `agent:<agent>:legacy:<id>`. Pure.
 * @param seekers are read several times if any of them wants what another one has, so that only these take memory
 */
export function assignKeys(seekers: Seekers, target: MigrationTarget, rules: KeyRules): KeysFor {
  const owners = ownersInStore(target, rules);
  const { winners, isContested } = winnersOf(seekers, owners);
  const wins = ({ sessionId }: KeySeeker, n: number, key: string): boolean =>
    (owners.get(key) ?? sessionId) === sessionId && (winners.get(key) ?? n) === n;
  const losers = isContested ? losersOf(seekers, wins) : [];
  const spares = sparesOf(losers, { seekers, owners, rules });
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

/** Who gets the keys that no row has. */
interface Winners {
  /** The position of the strongest claim, by key: of keys that more than one session wants. */
  readonly winners: ReadonlyMap<string, number>;
  /** True if any session may go without a key that it wants. */
  readonly isContested: boolean;
}

function winnersOf(seekers: Seekers, owners: ReadonlyMap<string, string>): Winners {
  let isContested = false;
  function* freeKeys(): Generator<string, void> {
    for (const seeker of seekers) {
      if (seeker === undefined) continue;
      const { keys } = seeker.wanted;
      isContested ||= keys.length === 0;
      for (const key of keys) {
        if (owners.has(key)) isContested = true;
        else yield key;
      }
    }
  }
  const contested = repeatedTexts(freeKeys);
  const best = new Map<string, { readonly n: number; readonly claim: Claim }>();
  for (const [n, seeker] of contested.size > 0 ? seekers.entries() : []) {
    if (seeker === undefined) continue;
    const claim = claimOf(seeker);
    for (const key of seeker.wanted.keys) {
      const known = best.get(key);
      const isBetter = known === undefined || byClaim(claim, known.claim) < 0;
      if (contested.has(key) && isBetter) best.set(key, { n, claim });
    }
  }
  const winners = new Map([...best].map(([key, { n }]) => [key, n]));
  return { winners, isContested: isContested || contested.size > 0 };
}

/** How strong a claim is. */
interface Claim {
  /** The position of its origin in {@link keyOrigins}. */
  readonly rank: number;
  readonly updatedAt: number;
}

function claimOf({ wanted, updatedAt }: KeySeeker): Claim {
  return { rank: keyOrigins.indexOf(wanted.origin), updatedAt };
}

/** The stronger claim first. */
function byClaim(a: Claim, b: Claim): number {
  return a.rank - b.rank || b.updatedAt - a.updatedAt;
}

/** A session and its position. */
type Loser = readonly [number, KeySeeker];

/** The sessions that get none of the keys that they want, the one with the strongest claim first. */
function losersOf(
  seekers: Seekers,
  wins: (seeker: KeySeeker, n: number, key: string) => boolean,
): readonly Loser[] {
  const losers: Loser[] = [];
  for (const [n, seeker] of seekers.entries())
    if (seeker !== undefined && !seeker.wanted.keys.some((key) => wins(seeker, n, key)))
      losers.push([n, seeker]);
  return losers.toSorted(([, a], [, b]) => byClaim(claimOf(a), claimOf(b)));
}

interface SpareRules {
  readonly seekers: Seekers;
  readonly owners: ReadonlyMap<string, string>;
  readonly rules: KeyRules;
}

/** A key for each of them that no other session wants or has, by position. */
function sparesOf(
  losers: readonly Loser[],
  { seekers, owners, rules }: SpareRules,
): ReadonlyMap<number, string> {
  const spares = new Map<number, string>();
  if (losers.length === 0) return spares;
  const possible = new Set(losers.flatMap(([, seeker]) => spareKeys(seeker, rules)));
  const taken = new Set<string>();
  for (const seeker of seekers)
    for (const key of seeker?.wanted.keys ?? []) if (possible.has(key) && !owners.has(key)) taken.add(key);
  for (const [n, seeker] of losers) {
    const isFree = (key: string) =>
      !taken.has(key) && (owners.get(key) ?? seeker.sessionId) === seeker.sessionId;
    const spare = spareKeys(seeker, rules).find(isFree);
    if (spare === undefined) throw new Error("a key made of a hash is taken");
    taken.add(spare);
    spares.set(n, spare);
  }
  return spares;
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
