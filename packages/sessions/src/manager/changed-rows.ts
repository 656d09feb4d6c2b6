import { type JsonObject, readEntryNumber, readEntryObject } from "@sessionsmith/core";
import type { StoredEntry } from "@sessionsmith/core/store";
import { entryAfter } from "../change/entry-after.ts";
import type { PeerAddress } from "../identity/managed-key.ts";
import { resetChanges } from "../reset/reset-changes.ts";
import { isCountedRow, withExtension } from "./manager-extension.ts";
import { noTally, type Tally, tallyOfLines } from "./tally.ts";

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
    madeAt: now,
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

/** A row whose lines are others from now on: they are counted anew. One that no manager counted tells no tokens then. */
export function uncountedRow(entry: JsonObject): JsonObject {
  if (!isCountedRow(entry)) {
    const { inputTokens: _input, outputTokens: _output, totalTokens: _total, ...rest } = entry;
    return rest;
  }
  return withExtension({ ...entry, inputTokens: 0, outputTokens: 0, totalTokens: 0 }, { tally: noTally });
}

/** The row of the session that follows under the same key: what a reset keeps goes on, the model too, and counters begin at 0. */
export function renewedRow(
  key: string,
  entry: JsonObject,
  { sessionId, now }: { readonly sessionId: string; readonly now: number },
): JsonObject {
  const { model, modelProvider } = entry;
  const changes = resetChanges(key, entry, { sessionId, sessionFile: "", now, model: {} });
  // The transcript is the one that the id names; it is made with the first message.
  const { sessionFile: _named, ...next } = entryAfter(entry, changes);
  return uncountedRow({
    ...next,
    ...(model === undefined ? {} : { model }),
    ...(modelProvider === undefined ? {} : { modelProvider }),
  });
}

/**
 * The row of a session that gets the lines of a checkpoint. One that a manager counted tells at once what these come to.
 * @param begins given for a session that was gone
 */
export function restoredRow(
  entry: JsonObject,
  lines: Iterable<JsonObject>,
  begins: { readonly sessionId: string; readonly now: number } | undefined,
): JsonObject {
  const row = begins === undefined ? entry : { ...entry, sessionId: begins.sessionId, updatedAt: begins.now };
  return isCountedRow(entry) ? countedRow(row, tallyOfLines(lines)) : uncountedRow(row);
}

/** What of a row is kept with a checkpoint, for a session that is gone when it is restored. */
export function keptRow(entry: JsonObject): JsonObject {
  const { chatType, origin, sessionStartedAt } = entry;
  const extensions = readEntryObject(entry, "pluginExtensions");
  const ours = extensions && readEntryObject(extensions, "sessionsmith");
  return {
    ...(chatType === undefined ? {} : { chatType }),
    ...(origin === undefined ? {} : { origin }),
    ...(sessionStartedAt === undefined ? {} : { sessionStartedAt }),
    ...(ours === undefined ? {} : { pluginExtensions: { sessionsmith: ours } }),
  };
}

/** A row as a store takes it. */
export function storedEntry(row: JsonObject): StoredEntry {
  const entry: StoredEntry = JSON.parse(JSON.stringify(row));
  return entry;
}
