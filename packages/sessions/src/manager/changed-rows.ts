import { isJsonObject, type JsonObject, readEntryNumber } from "@sessionsmith/core";
import type { StoredEntry } from "@sessionsmith/core/store";
import type { PeerAddress } from "../identity/managed-key.ts";
import { withExtension } from "./manager-extension.ts";
import { noTally, type Tally } from "./tally.ts";

/** The row of a session that begins. */
export function newRow(
  address: PeerAddress,
  {
    sessionId,
    now,
    isShared,
  }: { readonly sessionId: string; readonly now: number; readonly isShared: boolean },
): JsonObject {
  const { userId, channelId, peerId, accountId } = address;
  const origin = {
    ...(channelId === undefined ? {} : { provider: channelId }),
    ...(peerId === undefined ? {} : { nativeDirectUserId: peerId }),
    ...(accountId === undefined ? {} : { accountId }),
    chatType: "direct",
  };
  const times = { sessionId, updatedAt: now, sessionStartedAt: now };
  // The main session is everybody's.
  const row = isShared ? times : { ...times, chatType: "direct", origin };
  const user = userId ?? peerId;
  return withExtension(row, {
    ...(isShared || user === undefined ? {} : { userId: user }),
    ...(isShared || channelId === undefined ? {} : { channelId }),
    tally: noTally,
  });
}

/** A row that shows what its transcript comes to. No activity but that of its messages. */
export function countedRow(entry: JsonObject, tally: Tally): JsonObject {
  const { inputTokens, outputTokens, lastMessageAt } = tally;
  const later = (field: string) => Math.max(readEntryNumber(entry, field) ?? 0, lastMessageAt ?? 0);
  const active =
    lastMessageAt === null
      ? {}
      : { updatedAt: later("updatedAt"), lastInteractionAt: later("lastInteractionAt") };
  const totals = { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens };
  return withExtension({ ...entry, ...active, ...totals }, { tally });
}

/** A row whose lines are others from now on: they are counted anew. */
export function uncountedRow(entry: JsonObject): JsonObject {
  return withExtension({ ...entry, inputTokens: 0, outputTokens: 0, totalTokens: 0 }, { tally: noTally });
}

/** What of a session does not go on in the one that follows it under the same key. */
const endingFields = [
  "sessionFile",
  "lastInteractionAt",
  "systemSent",
  "abortedLastRun",
  "status",
  "startedAt",
  "endedAt",
  "runtimeMs",
  "totalTokensFresh",
  "contextBudgetStatus",
  "compactionCheckpoints",
  "memoryFlushAt",
  "memoryFlushCompactionCount",
  "memoryFlushContextHash",
] as const;

/** The row of the session that follows under the same key: configuration, lease and labels go on, and counters begin at 0. */
export function renewedRow(
  entry: JsonObject,
  { sessionId, now }: { readonly sessionId: string; readonly now: number },
): JsonObject {
  const gone: ReadonlySet<string> = new Set(endingFields);
  const kept = Object.fromEntries(Object.entries(entry).filter(([field]) => !gone.has(field)));
  return uncountedRow({ ...kept, sessionId, updatedAt: now, sessionStartedAt: now, compactionCount: 0 });
}

/** What of a row is kept with a checkpoint, for a session that is gone when it is restored. */
export function keptRow(entry: JsonObject): JsonObject {
  const fields = ["chatType", "origin", "sessionStartedAt", "pluginExtensions"];
  const kept = Object.entries(entry).filter(([field]) => fields.includes(field));
  const row: JsonObject = Object.fromEntries(kept);
  const { pluginExtensions } = row;
  const ours = isJsonObject(pluginExtensions) ? pluginExtensions["sessionsmith"] : undefined;
  return { ...row, pluginExtensions: { ...(ours === undefined ? {} : { sessionsmith: ours }) } };
}

/** A row as a store takes it. */
export function storedEntry(row: JsonObject): StoredEntry {
  const entry: StoredEntry = JSON.parse(JSON.stringify(row));
  return entry;
}
