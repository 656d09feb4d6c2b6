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

/**
 * Gives every session its keys, no key to two sessions, and none that a row of the store has for another session.
 * Of several that want one key, the one with the stronger claim gets it (map, then metadata, then id), among equals the one that
 * was used last; the others get `agent:<agent>:legacy:<id>`. Pure; the order of `seekers` does not matter.
 */
export function assignKeys(
  seekers: readonly KeySeeker[],
  target: MigrationTarget,
  rules: KeyRules,
): ReadonlyMap<KeySeeker, AssignedKeys> {
  const owners = new Map<string, string>();
  for (const row of target.document.rows) {
    if (!row.shadowed) owners.set(canonicalizeSessionKey(row.key, rules), row.sessionId ?? "");
  }
  const assigned = new Map<KeySeeker, AssignedKeys>();
  for (const seeker of seekers.toSorted(byClaim)) assigned.set(seeker, assign(seeker, owners, rules));
  return assigned;
}

function byClaim(a: KeySeeker, b: KeySeeker): number {
  const [rankA, rankB] = [keyOrigins.indexOf(a.wanted.origin), keyOrigins.indexOf(b.wanted.origin)];
  if (rankA !== rankB) return rankA - rankB;
  if (a.updatedAt !== b.updatedAt) return b.updatedAt - a.updatedAt;
  return a.name === b.name ? compare(a.legacyId, b.legacyId) : compare(a.name, b.name);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function assign(seeker: KeySeeker, owners: Map<string, string>, rules: KeyRules): AssignedKeys {
  const keys: string[] = [];
  const findings: Finding[] = [];
  const claim = (key: string): boolean => {
    const owner = owners.get(key);
    if (owner !== undefined && owner !== seeker.sessionId) return false;
    owners.set(key, seeker.sessionId);
    keys.push(key);
    return true;
  };
  const lost = seeker.wanted.keys.filter((key) => !claim(key));
  const spare = keys.length > 0 ? keys[0] : spareKeys(seeker, rules).find(claim);
  if (spare === undefined) throw new Error("a key made of a hash is taken");
  for (const key of lost)
    findings.push(finding("legacy-key-changed", { path: seeker.path, key }, { key: spare }));
  // A list that was pushed to has room for sixteen more, and there are as many as sessions.
  return { keys: keys.slice(), findings: findings.length === 0 ? noFindings : findings };
}

const noFindings: readonly Finding[] = [];

/** What the keys of a session are made of. */
type KeyParts = Pick<KeySeeker, "legacyId" | "name" | "wanted">;

/** All keys that a session may get in a store, those that it asks for first. */
export function keysOf(parts: KeyParts, rules: KeyRules): readonly string[] {
  return [...parts.wanted.keys, ...spareKeys(parts, rules)];
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
