import type { JsonObject } from "@sessionsmith/core";
import type { ContextMessage } from "./context-item.ts";
import { historyMessage } from "./history-message.ts";

/**
 * How many anchors a record is: what a context should hold however old it is. A message of the system, one marked as
 * important, a summary, and a label, which pins another. The first message of the user is one too, but no record tells that
 * of itself.
 */
export function anchorsOf(record: JsonObject): number {
  const { type } = record;
  if (type === "label") return typeof record["targetId"] === "string" ? 1 : 0;
  if (type === "compaction" || type === "branch_summary")
    return typeof record["summary"] === "string" ? 1 : 0;
  const message = historyMessage(record);
  return message !== undefined && isAnchor(message) ? 1 : 0;
}

/** Tells whether a message, or a summary, is an anchor by itself. */
export function isAnchor({ role, important, isSummary }: ContextMessage): boolean {
  return role === "system" || important === true || isSummary === true;
}
