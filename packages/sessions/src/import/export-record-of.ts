import { isJsonObject, type JsonObject, readEntryObject, readEntryText } from "@sessionsmith/core";
import type { ImportedSession, ImportedTranscript } from "./imported-session.ts";

/** What an export says of a session, or why it can't be brought in. */
export function importedSession(
  record: JsonObject,
  content: Omit<ImportedTranscript, "name">,
): ImportedSession | string {
  const key = readEntryText(record, "key");
  const agentId = readEntryText(record, "agentId");
  const entry = readEntryObject(record, "entry");
  if (key === undefined || key === "" || agentId === undefined) return "the session has no key";
  if (entry === undefined) return "the row was not understood when it was exported";
  const transcript = record["transcript"];
  const name = isJsonObject(transcript) ? readEntryText(transcript, "name") : undefined;
  return {
    key,
    agentId,
    sessionId: readEntryText(entry, "sessionId"),
    entry,
    transcript: name === undefined ? undefined : { name, ...content },
  };
}
