import { parseSessionKey } from "@sessionsmith/core";
import type { RowFacts, StoreTarget } from "@sessionsmith/core";

/**
 * Why no rule may look at a row at all, or undefined for a row that is judged.
 * `row-not-understood`: it stays byte for byte (docs/invariants.md I5). `other-agent`: several agents share the index,
 * the operator asked for one of them, and the key is not of that agent.
 */
export function whyNotJudged(
  { row }: RowFacts,
  target: StoreTarget,
): "row-not-understood" | "other-agent" | undefined {
  if (!row.understood) return "row-not-understood";
  if (target.onlyAgentRows !== true) return undefined;
  return parseSessionKey(row.key).agentId === target.agentId ? undefined : "other-agent";
}
