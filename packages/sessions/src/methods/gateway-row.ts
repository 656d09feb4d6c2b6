import {
  type CoarseListKind,
  coarseListKind,
  type JsonObject,
  type JsonValue,
  parseSessionKey,
  readEntryText,
} from "@sessionsmith/core";
import { thinkingLevels } from "../patch/patch-rules.ts";
import { listedSession } from "../listed-session.ts";
import type { SelectedSession } from "../session-selection.ts";
import { groupDisplayName } from "./group-display-name.ts";

/** Fields of a row that a list shows as they stand. */
const shown = [
  "spawnedBy",
  "spawnDepth",
  "parentSessionKey",
  "label",
  "subject",
  "groupChannel",
  "space",
  "chatType",
  "origin",
  "fastMode",
  "sendPolicy",
  "status",
  "startedAt",
  "endedAt",
  "runtimeMs",
  "deliveryContext",
  "lastChannel",
  "lastTo",
  "lastAccountId",
  "lastThreadId",
  "estimatedCostUsd",
] as const;

/** The levels of thinking as a list to choose from. */
export const thinkingChoices: readonly { readonly id: string; readonly label: string }[] = thinkingLevels.map(
  (id) => ({ id, label: id }),
);

/** The words of OpenClaw's gateway for what a session is. */
export type GatewayKind = Exclude<CoarseListKind, "cron" | "spawn-child">;

/** One session of `sessions.list`: OpenClaw's keys, and ours beside them. Keys that are undefined are left out by JSON. */
export type GatewayRow = Readonly<Record<string, unknown>> & {
  readonly key: string;
  readonly kind: GatewayKind;
  readonly updatedAt: number | null;
};

/**
 * Makes the row of a session as OpenClaw 2026.5.28's gateway does.
 * @param childSessions keys of sessions that this one spawned
 */
export function gatewayRow(
  session: SelectedSession,
  { now, childSessions }: { readonly now: number; readonly childSessions: readonly string[] },
): GatewayRow {
  const { key, updatedAt, totalTokens, model, modelProvider, ...listed } = listedSession(session, now);
  const { entry } = session;
  const group = groupOf(key);
  return {
    key,
    ...fieldsOf(entry),
    kind: gatewayKind(key, entry),
    displayName: displayNameOf(entry, group),
    derivedTitle: session.derivedTitle,
    title: session.title,
    lastMessagePreview: session.lastMessage?.text,
    channel: readEntryText(entry, "channel") ?? group?.channel,
    updatedAt,
    sessionId: listed.sessionId,
    systemSent: listed.systemSent,
    abortedLastRun: listed.abortedLastRun,
    thinkingLevel: listed.thinkingLevel,
    thinkingLevels: thinkingChoices,
    thinkingOptions: thinkingLevels,
    verboseLevel: listed.verboseLevel,
    traceLevel: listed.traceLevel,
    reasoningLevel: listed.reasoningLevel,
    elevatedLevel: listed.elevatedLevel,
    inputTokens: listed.inputTokens,
    outputTokens: listed.outputTokens,
    totalTokens: totalTokens ?? undefined,
    totalTokensFresh: listed.totalTokensFresh,
    contextTokens: listed.contextTokens,
    responseUsage: listed.responseUsage,
    childSessions: childSessions.length === 0 ? undefined : childSessions,
    modelProvider,
    model,
    agentRuntime: listed.agentRuntime,
    agentId: listed.agentId,
    leaseStatus: listed.status,
    rowFinding: listed.rowFinding,
  };
}

/** The gateway has no word of its own for cron jobs and for sessions that another one spawned. */
function gatewayKind(key: string, entry: JsonObject): GatewayKind {
  const kind = coarseListKind(key, { chatType: readEntryText(entry, "chatType") });
  return kind === "cron" || kind === "spawn-child" ? "direct" : kind;
}

function fieldsOf(entry: JsonObject): Readonly<Record<string, JsonValue>> {
  const present = shown.flatMap((name): (readonly [string, JsonValue])[] => {
    const value = Object.hasOwn(entry, name) ? entry[name] : undefined;
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(present);
}

interface Group {
  readonly channel: string;
  readonly id: string;
}

function groupOf(key: string): Group | undefined {
  const parsed = parseSessionKey(key);
  if (parsed.form !== "conversation" || parsed.channel === undefined) return undefined;
  const id = parsed.rest.split(":").slice(2).join(":");
  return { channel: parsed.channel, id };
}

function displayNameOf(entry: JsonObject, group: Group | undefined): string | undefined {
  const own = readEntryText(entry, "displayName");
  if (own !== undefined) return own;
  return group === undefined ? readEntryText(entry, "label") : groupDisplayName(entry, group);
}
