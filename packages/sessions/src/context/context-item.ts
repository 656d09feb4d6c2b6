import { type JsonObject, readEntryText } from "@sessionsmith/core";
import type { StoredLine } from "@sessionsmith/core/store";
import { type CountTokens, countWith } from "./count-tokens.ts";
import { type HistoryMessage, historyMessage } from "./history-message.ts";

/** A message of the context of a model; a summary stands for messages that are not in it. */
export interface ContextMessage extends HistoryMessage {
  readonly isSummary?: true;
}

/** A message that a context may hold, where it stands, and what it takes. */
export interface ContextItem {
  readonly at: number;
  readonly message: ContextMessage;
  readonly tokens: number;
}

/** What a record of a transcript is for a context. */
export type ContextRecord =
  | { readonly kind: "message"; readonly item: ContextItem }
  | { readonly kind: "summary"; readonly item: ContextItem; readonly firstKeptId: string | undefined }
  /** A label on another entry, or its removal. */
  | { readonly kind: "label"; readonly targetId: string; readonly label: string | undefined };

/** Reads a line of a transcript; undefined if it is nothing that a context has to know. */
export function contextRecord({ at, record }: StoredLine, count: CountTokens): ContextRecord | undefined {
  const { type, targetId } = record;
  if (type === "label") {
    const label = readEntryText(record, "label");
    return typeof targetId === "string" ? { kind: "label", targetId, label } : undefined;
  }
  if (type === "compaction" || type === "branch_summary") return summaryOf(record, { at, count });
  const message = historyMessage(record);
  return message && { kind: "message", item: itemOf(message, { at, count }) };
}

interface Place {
  readonly at: number;
  readonly count: CountTokens;
}

function summaryOf(record: JsonObject, place: Place): ContextRecord | undefined {
  const content = readEntryText(record, "summary");
  if (content === undefined) return undefined;
  const plain = historyMessage({ ...record, type: "message", message: { role: "system", content } });
  const firstKeptId = record["type"] === "compaction" ? readEntryText(record, "firstKeptEntryId") : undefined;
  return plain && { kind: "summary", item: itemOf({ ...plain, isSummary: true }, place), firstKeptId };
}

function itemOf(message: ContextMessage, { at, count }: Place): ContextItem {
  return { at, message, tokens: countWith(count, message) };
}
