import type { JsonObject } from "@sessionsmith/core";
import type { ExportedSession } from "./exported-session.ts";
import { redactJson, redactText } from "./redact.ts";
import type { ExportAbout } from "./session-renderer.ts";

/** The word by which an export is recognised. */
export const exportFormat = "sessionsmith-export";

/** The version of the format that is written. */
export const exportVersion = 1;

/** What an export says of itself, as its first fields. */
export function exportHead({ exportedAt, redacted }: ExportAbout): JsonObject {
  return { format: exportFormat, version: exportVersion, exportedAt, redacted, resumable: !redacted };
}

/** What an export says of a session, without its transcript. A row that is not understood is kept as the text that it is. */
export function exportedRecord(
  { candidate, session, transcript }: ExportedSession,
  redact: boolean,
): JsonObject {
  const { key, agentId, sessionId, entry, rowFinding } = session;
  const { document, row } = candidate;
  const named = { key, agentId, sessionId: sessionId ?? null };
  const file = { transcript: transcript === undefined ? null : { name: transcript.name } };
  if (rowFinding === undefined) return { ...named, entry: redact ? redactJson(entry) : entry, ...file };
  const text = document.bytes.toString("utf8", row.valueRange.start, row.valueRange.end);
  return { ...named, entry: null, rowFinding, rowText: redact ? redactText(text) : text, ...file };
}
