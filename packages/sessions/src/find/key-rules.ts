import type { CanonicalKeyOptions, SessionSettings } from "@sessionsmith/core";

/** What the settings say about the spelling of keys; the agent of a store comes on top. */
export type KeyRules = Required<Omit<CanonicalKeyOptions, "agentId">>;

/** Takes the rules for keys from the settings. */
export function keyRulesOf({ agents, mainKey, scope }: SessionSettings): KeyRules {
  const mainAgentMissing = agents.length > 0 && agents.every(({ id }) => id !== "main");
  return { mainKey, scope, mainAgentMissing };
}
