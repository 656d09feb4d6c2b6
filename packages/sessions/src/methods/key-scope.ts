import {
  canonicalizeSessionKey,
  isStoreError,
  parseSessionKey,
  type SessionSettings,
} from "@sessionsmith/core";
import type { StoreScope } from "../change/store-scope.ts";
import { findSessions, type FoundSession, type SearchedStore } from "../find/find-sessions.ts";
import { keyRulesOf } from "../find/key-rules.ts";
import { readStores } from "../read-stores.ts";
import { type SessionStores, targetOfAgent, targetsOf } from "./session-stores.ts";

/** A key that a caller gave, in the store of its agent. */
export interface KeyScope {
  readonly scope: StoreScope;
  /** The key as the index has it, else in the spelling of OpenClaw. */
  readonly key: string;
  /** The row, if there is one. */
  readonly found: FoundSession | undefined;
}

/**
 * Finds the store that a key belongs to, by the agent that it names, else the default agent, and the row there.
 * @throws StoreError E_NOT_FOUND for an unknown agent; E_CORRUPT_INDEX, E_SQLITE_ERA, E_IO
 */
export function keyScope(stores: SessionStores, key: string): KeyScope {
  const settings = stores.settings();
  const { host, stateDir } = stores;
  const rules = keyRulesOf(settings);
  const canonical = canonicalizeSessionKey(key, { ...rules, agentId: settings.defaultAgentId });
  const agentId = parseSessionKey(canonical).agentId ?? settings.defaultAgentId;
  const target = targetOfAgent(stores, settings, agentId);
  const [found] = findSessions(searched(stores, settings, [target]), { text: key, as: "key" }, settings);
  return { scope: { host, settings, stateDir, target }, key: found?.row.key ?? canonical, found };
}

/** The indexes of the given stores, of all that are meant unless some are given; a store that is not there is left out. */
export function searched(
  stores: SessionStores,
  settings: SessionSettings,
  targets = targetsOf(stores, settings),
): readonly SearchedStore[] {
  return targets.flatMap((target) => {
    try {
      const [reading] = readStores(stores.host, [target], { allAgents: false });
      return reading?.document === undefined ? [] : [{ target, document: reading.document }];
    } catch (error) {
      if (isStoreError(error) && error.code === "E_NOT_FOUND") return [];
      throw error;
    }
  });
}
