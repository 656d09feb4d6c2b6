import { finding, type Finding, normalizeAgentId } from "@sessionsmith/core";
import { agentOfKey, type KeyRules, wantedKey } from "../repair/keys/wanted-key.ts";
import type { StoreCheck } from "./check-input.ts";

/** What nearly every key looks like: then only its agent has to be looked at. */
const plainKey = /^agent:[a-z0-9][a-z0-9_-]*:(?!main$)[a-z0-9_.@+-]+(?::[a-z0-9_.@+-]+)*$/;

/** Looks whether OpenClaw finds each row under its key, and in this store. */
export const checkKeys: StoreCheck = ({ survey: { snapshot }, facts }) => {
  if (snapshot === undefined || facts === undefined) return [];
  const { target, rows } = snapshot;
  const { agents, mainKey, scope } = facts.settings;
  const agentId = normalizeAgentId(target.agentId);
  const rules = { agentId, mainKey, scope, mainAgentMissing: agents.every(({ id }) => id !== "main") };
  const ownStart = `agent:${agentId}:`;
  return rows.flatMap(({ row: { key, understood } }): readonly Finding[] => {
    if (!understood) return [];
    const wanted = wantedOf(key, rules);
    const place = { path: target.indexPath, key };
    if (wanted !== key) return [finding("key-not-canonical", place, { wanted })];
    if (target.shared || key.startsWith(ownStart)) return [];
    const owner = agentOfKey(key);
    const isElsewhere = owner !== undefined && owner !== agentId;
    return isElsewhere ? [finding("key-wrong-store", place, { agent: owner, store: agentId })] : [];
  });
};

function wantedOf(key: string, rules: KeyRules): string {
  const isPlain = plainKey.test(key) && !key.includes(":dm:") && !key.endsWith(`:${rules.mainKey}`);
  return isPlain ? key : wantedKey(key, rules);
}
