import type { JsonObject } from "../json-value.ts";

/**
 * The 57 fields of a row of openclaw-python by their OpenClaw names, in the order in which it writes them
 * (openclaw-python `session_entry.py`, February 2026). It spells them in snake_case.
 */
export const openClawPythonFields: readonly string[] = [
  "sessionId",
  "updatedAt",
  "sessionFile",
  "spawnedBy",
  "systemSent",
  "abortedLastRun",
  "chatType",
  "channel",
  "groupId",
  "subject",
  "groupChannel",
  "space",
  "thinkingLevel",
  "verboseLevel",
  "reasoningLevel",
  "elevatedLevel",
  "ttsAuto",
  "providerOverride",
  "modelOverride",
  "authProfileOverride",
  "authProfileOverrideSource",
  "authProfileOverrideCompactionCount",
  "execHost",
  "execSecurity",
  "execAsk",
  "execNode",
  "responseUsage",
  "sendPolicy",
  "groupActivation",
  "groupActivationNeedsSystemIntro",
  "queueMode",
  "queueDebounceMs",
  "queueCap",
  "queueDrop",
  "inputTokens",
  "outputTokens",
  "totalTokens",
  "modelProvider",
  "model",
  "contextTokens",
  "compactionCount",
  "memoryFlushAt",
  "memoryFlushCompactionCount",
  "cliSessionIds",
  "claudeCliSessionId",
  "label",
  "displayName",
  "origin",
  "deliveryContext",
  "lastChannel",
  "lastTo",
  "lastAccountId",
  "lastThreadId",
  "lastHeartbeatText",
  "lastHeartbeatSentAt",
  "skillsSnapshot",
  "systemPromptReport",
];

/** The snake_case spelling of a camelCase name: `updatedAt` -> `updated_at`. */
export function snakeCaseOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const telling = new Set(openClawPythonFields.map(snakeCaseOf).filter((name) => name.includes("_")));

/** Tells whether a row holds at least one field in the spelling of openclaw-python, which OpenClaw does not read. */
export function isOpenClawPythonRow(row: JsonObject): boolean {
  return Object.keys(row).some((name) => telling.has(name));
}
