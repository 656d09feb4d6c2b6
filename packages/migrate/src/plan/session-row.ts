import { type JsonObject, type JsonValue, readEntryText } from "@sessionsmith/core";
import { metadataOf } from "./metadata-of.ts";
import type { SurveyedSession } from "./surveyed-session.ts";

/** Texts of a session's metadata that a row of OpenClaw has a field for. */
const textFields = [
  ["label", "label"],
  ["display_name", "displayName"],
  ["displayName", "displayName"],
  ["subject", "subject"],
  ["channel", "channel"],
  ["group_id", "groupId"],
  ["group_channel", "groupChannel"],
  ["space", "space"],
  ["model", "model"],
  ["model_provider", "modelProvider"],
  ["thinking_level", "thinkingLevel"],
] as const;

/** Names of these texts in the metadata. */
export const metadataTexts: readonly string[] = textFields.map(([theirs]) => theirs);

/** Characters that a label may have (OpenClaw 2026.5.28). */
const labelLimit = 512;

/**
 * The row of OpenClaw for a session: what an index said of it, or what its metadata says, with the new id and the times as
 * epoch ms. Where the transcript lies is not written down unless its name is not `<sessionId>.jsonl`.
 */
export function sessionRow(
  session: SurveyedSession,
  { sessionId, transcript }: { readonly sessionId: string; readonly transcript: string | undefined },
): JsonObject {
  const { updatedAt, startedAt } = session.times;
  const {
    sessionId: _id,
    sessionFile: _file,
    updatedAt: _at,
    sessionStartedAt: _started,
    ...known
  } = session.source.row ?? {};
  const named =
    transcript === undefined || transcript === `${sessionId}.jsonl` ? {} : { sessionFile: transcript };
  return {
    sessionId,
    updatedAt,
    sessionStartedAt: startedAt,
    ...named,
    ...metadataFields(session),
    ...known,
  };
}

function metadataFields(session: SurveyedSession): JsonObject {
  const metadata = metadataOf(session);
  const fields = new Map<string, JsonValue>();
  for (const [theirs, ours] of textFields) {
    const text = readEntryText(metadata, theirs);
    if (text === undefined || text.trim() === "") continue;
    if (ours === "label" && text.length > labelLimit) continue;
    fields.set(ours, text);
  }
  return Object.fromEntries(fields);
}
