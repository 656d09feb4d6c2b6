import type { JsonObject } from "../json-value.ts";
import { isMessageRecord } from "./message-record.ts";

/**
 * Tells whether a record is one that OpenClaw 2026.5.28 writes into a transcript, and not an object that is part of one (of the
 * content of a message, say): a header, a message, or anything with a type, an id and the id of a parent.
 */
export function isEntryShape(record: JsonObject): boolean {
  const { type, id, parentId } = record;
  if (type === "session") return typeof id === "string";
  if (
    typeof type === "string" &&
    typeof id === "string" &&
    (parentId === null || typeof parentId === "string")
  )
    return true;
  return isMessageRecord(record) && (type !== undefined ? typeof record["message"] === "object" : true);
}
