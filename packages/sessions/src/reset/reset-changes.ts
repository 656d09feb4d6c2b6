import { type JsonObject, parseSessionKey, readEntryObject, readEntryText } from "@sessionsmith/core";
import type { ResolvedModel } from "../patch/resolved-model.ts";

/** Fields that outlive a reset: how the session is set up, whom it talks to, where it comes from (OpenClaw 2026.5.28). */
const kept: ReadonlySet<string> = new Set(
  [
    ["thinkingLevel", "fastMode", "verboseLevel", "traceLevel", "reasoningLevel", "elevatedLevel", "ttsAuto"],
    ["execHost", "execSecurity", "execAsk", "execNode", "responseUsage"],
    ["groupActivation", "groupActivationNeedsSystemIntro", "chatType", "sendPolicy"],
    ["queueMode", "queueDebounceMs", "queueCap", "queueDrop"],
    ["spawnedBy", "spawnedWorkspaceDir", "spawnedCwd", "parentSessionKey", "forkedFromParent", "spawnDepth"],
    ["subagentRole", "subagentControlScope", "inheritedToolAllow", "inheritedToolDeny", "pluginOwnerId"],
    ["label", "displayName", "channel", "groupId", "subject", "groupChannel", "space"],
    ["origin", "route", "deliveryContext", "lastChannel", "lastTo", "lastAccountId", "lastThreadId", "acp"],
  ].flat(),
);

/** A choice that a fallback made is not the user's, and ends with the session. */
const modelChoice = ["providerOverride", "modelOverride", "modelOverrideSource"] as const;
const profileChoice = [
  "authProfileOverride",
  "authProfileOverrideSource",
  "authProfileOverrideCompactionCount",
] as const;
/** The conversation at the provider; a sub-agent goes on with its own. */
const providerSessions = ["cliSessionIds", "cliSessionBindings", "claudeCliSessionId"] as const;

/** The session that takes the place of the one that ended. */
export interface NextSession {
  readonly sessionId: string;
  /** Absolute path of its transcript. */
  readonly sessionFile: string;
  /** Epoch ms. */
  readonly now: number;
  readonly model: ResolvedModel;
}

/**
 * What a reset does to the fields of a row: a new session under the old key, with its settings and without its past. The lease
 * that this product keeps in the row stays. Pure.
 */
export function resetChanges(
  key: string,
  entry: JsonObject,
  { sessionId, sessionFile, now, model }: NextSession,
): { readonly fields: JsonObject; readonly cleared: readonly string[] } {
  const own = ownExtension(entry);
  const fields: JsonObject = {
    sessionId,
    sessionFile,
    updatedAt: now,
    sessionStartedAt: now,
    systemSent: false,
    abortedLastRun: false,
    ...model,
    ...(own === undefined ? {} : { pluginExtensions: { sessionsmith: own } }),
    compactionCount: 0,
    inputTokens: 0,
    outputTokens: 0,
    totalTokens: 0,
    totalTokensFresh: true,
  };
  const stays = keptFields(key, entry);
  const cleared = Object.keys(entry).filter((name) => !stays.has(name) && !Object.hasOwn(fields, name));
  return { fields, cleared };
}

function keptFields(key: string, entry: JsonObject): ReadonlySet<string> {
  return new Set([
    ...kept,
    ...(readEntryText(entry, "modelOverrideSource") === "auto" ? [] : modelChoice),
    ...(readEntryText(entry, "authProfileOverrideSource") === "auto" ? [] : profileChoice),
    ...(parseSessionKey(key).form === "subagent" ? providerSessions : []),
  ]);
}

function ownExtension(entry: JsonObject): JsonObject | undefined {
  const extensions = readEntryObject(entry, "pluginExtensions");
  return extensions && readEntryObject(extensions, "sessionsmith");
}
