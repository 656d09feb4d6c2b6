import {
  type CoarseListKind,
  coarseListKind,
  entryLabel,
  type FindingId,
  type JsonObject,
  type LeaseStatus,
  leaseStatus,
  readEntryFlag,
  readEntryNumber,
  readEntryObject,
  readEntryText,
  readLease,
  type SessionKind,
  type TranscriptMessage,
} from "@sessionsmith/core";
import { sessionModel } from "./session-model.ts";
import type { SelectedSession } from "./session-selection.ts";

/**
 * One session of a list. The first keys are those of `openclaw sessions --json` 2026.5.28, in its order; those from `label`
 * on are additions. Undefined means that neither the row nor the settings say it, and JSON leaves it out.
 * OpenClaw's built-in defaults for model, context size and runtime are not repeated here.
 */
export interface ListedSession {
  readonly key: string;
  /** Epoch ms; null if unknown. */
  readonly updatedAt: number | null;
  readonly ageMs: number | null;
  readonly sessionId: string | undefined;
  readonly systemSent: boolean | undefined;
  readonly abortedLastRun: boolean | undefined;
  readonly thinkingLevel: string | undefined;
  readonly verboseLevel: string | undefined;
  readonly traceLevel: string | undefined;
  readonly reasoningLevel: string | undefined;
  readonly elevatedLevel: string | undefined;
  readonly responseUsage: string | undefined;
  readonly groupActivation: string | undefined;
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  /** Null if unknown, or known to be out of date. */
  readonly totalTokens: number | null;
  /** True exactly if `totalTokens` is a number. */
  readonly totalTokensFresh: boolean;
  readonly model: string | undefined;
  readonly modelProvider: string | undefined;
  readonly providerOverride: string | undefined;
  readonly modelOverride: string | undefined;
  readonly contextTokens: number | undefined;
  readonly agentId: string;
  /** True if the row holds the state of an ACP runtime. */
  readonly acpRuntime: boolean;
  readonly agentRuntime: { readonly id: string; readonly source: "session" } | undefined;
  readonly kind: CoarseListKind;
  readonly label: string | undefined;
  readonly displayName: string | undefined;
  readonly fineKind: SessionKind;
  /** Undefined if the row is not understood. */
  readonly status: LeaseStatus | undefined;
  /** The user of the lease. */
  readonly user: string | undefined;
  /** Epoch ms at which the lease runs out. */
  readonly expiresAt: number | undefined;
  readonly title: string | undefined;
  readonly lastMessage: TranscriptMessage | undefined;
  /** Epoch ms at which it gives way to a new session by itself; only where the store has a time for that. */
  readonly nextResetAt: number | undefined;
  /** That time has come: its next message begins a new session. */
  readonly wouldReset: true | undefined;
  /** Why the row is not understood; then only its key, times and session id are told. */
  readonly rowFinding: FindingId | undefined;
}

/** Makes the row of a list at `now` (epoch ms). */
export function listedSession(session: SelectedSession, now: number): ListedSession {
  const { entry, updatedAt } = session;
  const { model, provider } = sessionModel(entry, session.agent);
  const totalTokens = freshTotalTokens(entry);
  const runtime = readEntryText(entry, "agentRuntimeOverride") ?? readEntryText(entry, "agentHarnessId");
  const lease = readLease(entry);
  return {
    key: session.key,
    updatedAt: updatedAt ?? null,
    ageMs: updatedAt === undefined ? null : now - updatedAt,
    sessionId: session.sessionId,
    systemSent: readEntryFlag(entry, "systemSent"),
    abortedLastRun: readEntryFlag(entry, "abortedLastRun"),
    thinkingLevel: readEntryText(entry, "thinkingLevel"),
    verboseLevel: readEntryText(entry, "verboseLevel"),
    traceLevel: readEntryText(entry, "traceLevel"),
    reasoningLevel: readEntryText(entry, "reasoningLevel"),
    elevatedLevel: readEntryText(entry, "elevatedLevel"),
    responseUsage: readEntryText(entry, "responseUsage"),
    groupActivation: readEntryText(entry, "groupActivation"),
    inputTokens: readEntryNumber(entry, "inputTokens"),
    outputTokens: readEntryNumber(entry, "outputTokens"),
    totalTokens: totalTokens ?? null,
    totalTokensFresh: totalTokens !== undefined,
    model,
    modelProvider: provider,
    providerOverride: readEntryText(entry, "providerOverride"),
    modelOverride: readEntryText(entry, "modelOverride"),
    contextTokens: readEntryNumber(entry, "contextTokens") ?? session.agent?.contextTokens,
    agentId: session.agentId,
    acpRuntime: readEntryObject(entry, "acp") !== undefined,
    agentRuntime: runtime === undefined ? undefined : { id: runtime, source: "session" },
    kind: coarseKind(session),
    label: entryLabel(entry),
    displayName: readEntryText(entry, "displayName"),
    fineKind: session.kind,
    status: session.rowFinding === undefined ? leaseStatus(lease, now) : undefined,
    user: lease?.user,
    expiresAt: lease?.expiresAt,
    title: session.title,
    lastMessage: session.lastMessage,
    nextResetAt: session.nextReset?.at,
    wouldReset: session.nextReset !== undefined && session.nextReset.at <= now ? true : undefined,
    rowFinding: session.rowFinding,
  };
}

/** OpenClaw's word for the kind of a session. */
export function coarseKind({ key, entry }: SelectedSession): CoarseListKind {
  return coarseListKind(key, {
    spawnedBy: readEntryText(entry, "spawnedBy"),
    chatType: readEntryText(entry, "chatType"),
  });
}

/** `totalTokensFresh: false` marks a count that OpenClaw itself shows as unknown. */
function freshTotalTokens(entry: JsonObject): number | undefined {
  const total = readEntryNumber(entry, "totalTokens");
  if (total === undefined || total < 0) return undefined;
  return readEntryFlag(entry, "totalTokensFresh") === false ? undefined : total;
}
