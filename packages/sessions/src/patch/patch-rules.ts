import type { JsonValue } from "@sessionsmith/core";
import { labelRule } from "./label-rule.ts";
import { modelRule } from "./model-rule.ts";
import { clearable, countOf, flagOf, type PatchRule, textOf, textsOf, wordOf } from "./patch-rule.ts";
import { writeOnce } from "./write-once-rule.ts";

/** The levels of thinking, least first. */
export const thinkingLevels = ["off", "minimal", "low", "medium", "high", "xhigh"] as const;

const words = {
  thinkingLevel: thinkingLevels,
  verboseLevel: ["on", "off", "full"],
  traceLevel: ["on", "off", "raw"],
  reasoningLevel: ["on", "off", "stream"],
  elevatedLevel: ["on", "off", "ask", "full"],
  execHost: ["auto", "sandbox", "gateway", "node"],
  execSecurity: ["deny", "allowlist", "full"],
  execAsk: ["off", "on-miss", "always"],
  sendPolicy: ["allow", "deny"],
  groupActivation: ["mention", "always"],
} as const;

const usageWord = wordOf("responseUsage", ["off", "tokens", "full", "on"]);

/** `off` is the default, and `on` an older word for `tokens` (OpenClaw 2026.5.28). */
function responseUsage(value: JsonValue): string | undefined {
  const word = usageWord(value);
  if (word === "off") return undefined;
  return word === "on" ? "tokens" : word;
}

/**
 * Every field of a row that an order may change, with its rule (OpenClaw 2026.5.28's `sessions.patch`, and the counts of tokens).
 * What is not here is not patchable: ids, times and file names above all.
 */
export const patchRules: ReadonlyMap<string, PatchRule> = new Map<string, PatchRule>([
  ["label", labelRule],
  ["model", modelRule],
  ...Object.entries(words).map(([field, allowed]): [string, PatchRule] => [
    field,
    clearable(field, wordOf(field, allowed)),
  ]),
  ["fastMode", clearable("fastMode", flagOf("fastMode"))],
  ["responseUsage", clearable("responseUsage", responseUsage)],
  ["execNode", clearable("execNode", textOf("execNode"))],
  ["inheritedToolAllow", clearable("inheritedToolAllow", textsOf("inheritedToolAllow"))],
  ["inheritedToolDeny", clearable("inheritedToolDeny", textsOf("inheritedToolDeny"))],
  ...["inputTokens", "outputTokens", "totalTokens", "contextTokens"].map((field): [string, PatchRule] => [
    field,
    clearable(field, countOf(field)),
  ]),
  ["spawnedBy", writeOnce("spawnedBy", textOf("spawnedBy"))],
  ["spawnedWorkspaceDir", writeOnce("spawnedWorkspaceDir", textOf("spawnedWorkspaceDir"))],
  ["spawnedCwd", writeOnce("spawnedCwd", textOf("spawnedCwd"))],
  ["spawnDepth", writeOnce("spawnDepth", countOf("spawnDepth"))],
  ["subagentRole", writeOnce("subagentRole", wordOf("subagentRole", ["orchestrator", "leaf"]))],
  [
    "subagentControlScope",
    writeOnce("subagentControlScope", wordOf("subagentControlScope", ["children", "none"])),
  ],
]);
