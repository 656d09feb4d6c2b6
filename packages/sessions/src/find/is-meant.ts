import { type IndexRow, parseSessionKey, type SessionSettings, type StoreTarget } from "@sessionsmith/core";

/** Whether a row is one of those that a target means. In an index of several agents a key without an agent belongs to the default agent. */
export function isMeant(
  { key }: Pick<IndexRow, "key">,
  target: StoreTarget,
  settings: Pick<SessionSettings, "defaultAgentId">,
): boolean {
  if (target.onlyAgentRows !== true) return true;
  return (parseSessionKey(key).agentId ?? settings.defaultAgentId) === target.agentId;
}
