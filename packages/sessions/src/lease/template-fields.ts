import type { JsonObject } from "@sessionsmith/core";

/** Fields that say how a session is set up, and nothing of what was said in it or to whom (OpenClaw 2026.5.28). */
const settings: ReadonlySet<string> = new Set([
  "thinkingLevel",
  "fastMode",
  "verboseLevel",
  "traceLevel",
  "reasoningLevel",
  "elevatedLevel",
  "ttsAuto",
  "execHost",
  "execSecurity",
  "execAsk",
  "execNode",
  "responseUsage",
  "providerOverride",
  "modelOverride",
  "modelOverrideSource",
  "agentRuntimeOverride",
  "authProfileOverride",
  "authProfileOverrideSource",
  "groupActivation",
  "sendPolicy",
  "queueMode",
  "queueDebounceMs",
  "queueCap",
  "queueDrop",
  "inheritedToolAllow",
  "inheritedToolDeny",
]);

/** The settings of a row, for a new session that is to be like it. */
export function templateFields(entry: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => settings.has(name)));
}
