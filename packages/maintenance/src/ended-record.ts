import {
  kindOfKey,
  parseLeanRow,
  parseRowTime,
  parseSessionKey,
  readEntryFlag,
  readEntryNumber,
  readEntryText,
} from "@sessionsmith/core";
import type {
  AppendRecordStep,
  IndexRow,
  JsonObject,
  JsonValue,
  RowAction,
  RowDecision,
  StoreSnapshot,
} from "@sessionsmith/core";
import { describeEntry } from "./describe-row.ts";

/** Fields of a row that say what the session used up. */
const counts = [
  "inputTokens",
  "outputTokens",
  "cacheRead",
  "cacheWrite",
  "totalTokens",
  "contextTokens",
  "compactionCount",
  "estimatedCostUsd",
] as const;

/**
 * The step that writes down, before the rows leave, what is known of each session that ends (ledger format 1): who it was, why
 * it ends, when it ran and what it used up, as far as its row says so. Nothing of the conversation. None if no row leaves.
 */
export function recordEnded(
  snapshot: StoreSnapshot,
  decisions: readonly RowDecision[],
): readonly AppendRecordStep[] {
  const ending = new Map<string, RowAction>();
  for (const { key, action } of decisions) if (action !== "keep") ending.set(key, action);
  const records: JsonObject[] = [];
  for (const { row } of snapshot.rows) {
    const reason = ending.get(row.key);
    if (reason !== undefined) records.push(endedRecord(row, reason, snapshot));
  }
  return records.length === 0 ? [] : [{ kind: "append-record", phase: "create", records }];
}

/**
 * What is written down of one session that ends (ledger format 1).
 * @param reason why it ends, as a stable word
 */
export function endedRecord(row: IndexRow, reason: string, snapshot: StoreSnapshot): JsonObject {
  const entry = parseLeanRow(snapshot.document, row) ?? {};
  const { model, label } = describeEntry(entry);
  const key = parseSessionKey(row.key);
  const record: Record<string, JsonValue> = { type: "ended", key: row.key };
  const put = (field: string, value: JsonValue | undefined): void => {
    if (value !== undefined) record[field] = value;
  };
  put("sessionId", row.sessionId);
  record["agentId"] = key.agentId ?? snapshot.target.agentId;
  record["kind"] = kindOfKey(key);
  record["reason"] = reason;
  put("startedAt", epochMs(entry, "sessionStartedAt") ?? epochMs(entry, "startedAt"));
  put("updatedAt", epochMs(entry, "updatedAt"));
  for (const field of counts) put(field, readEntryNumber(entry, field));
  // OpenClaw shows a total that is not fresh as unknown.
  put("totalTokensFresh", readEntryFlag(entry, "totalTokensFresh"));
  put("label", label ?? undefined);
  put("model", model ?? undefined);
  put("modelProvider", readEntryText(entry, "modelProvider"));
  return record;
}

function epochMs(entry: JsonObject, field: string): number | undefined {
  const time = parseRowTime(readEntryNumber(entry, field) ?? readEntryText(entry, field));
  return time.known ? time.atMs : undefined;
}
