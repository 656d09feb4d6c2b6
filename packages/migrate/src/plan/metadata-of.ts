import { isJsonObject, type JsonObject } from "@sessionsmith/core";
import type { SurveyedSession } from "./surveyed-session.ts";

/** What a session's own file says beside its messages (`metadata` of openclaw-python). */
export function metadataOf({ head, source }: SurveyedSession): JsonObject {
  const metadata = head?.["metadata"];
  if (isJsonObject(metadata)) return metadata;
  const ofRow = source.row?.["metadata"];
  return isJsonObject(ofRow) ? ofRow : {};
}
