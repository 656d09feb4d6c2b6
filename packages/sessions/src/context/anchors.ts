import type { JsonObject } from "@sessionsmith/core";
import { historyMessage } from "./history-message.ts";

/**
 * How many anchors a record is: what a context should hold however old it is. A message of the system, one marked as
 * important, a summary, and a label, which pins another. The first message of the user is one too, but no record tells that
 * of itself.
 */
export function anchorsOf(record: JsonObject): number {
  const { type } = record;
  if (type === "label" || type === "compaction" || type === "branch_summary") return 1;
  const message = historyMessage(record);
  return message !== undefined && (message.role === "system" || message.important === true) ? 1 : 0;
}
