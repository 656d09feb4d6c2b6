import type { Finding, FindingPlace } from "../findings/finding.ts";
import { finding } from "../findings/finding.ts";
import type { JsonObject } from "../json-value.ts";
import { readEntryText } from "./entry-view.ts";
import { jsonTypeName } from "./json-type-name.ts";
import { isOpenClawPythonRow } from "./openclaw-python-fields.ts";
import { parseRowTime } from "./parse-row-time.ts";
import { classifySessionId } from "./session-id.ts";

/**
 * Findings on the two fields that every decision needs: `sessionId` and `updatedAt`.
 * A row that has them in the spelling of openclaw-python alone does not count as lacking them.
 */
export function checkEntryIdentity(entry: JsonObject, place: FindingPlace): readonly Finding[] {
  return [
    ...checkSessionId(entry, { ...place, field: "sessionId" }),
    ...checkUpdatedAt(entry, { ...place, field: "updatedAt" }),
  ];
}

function checkSessionId(entry: JsonObject, place: FindingPlace): readonly Finding[] {
  if (!Object.hasOwn(entry, "sessionId")) {
    return isOpenClawPythonRow(entry) ? [] : [finding("session-id-missing", place)];
  }
  const id = readEntryText(entry, "sessionId");
  const idClass = id === undefined ? "unsafe" : classifySessionId(id);
  if (idClass === "unsafe")
    return [finding("session-id-invalid", place, { actual: jsonTypeName(entry["sessionId"]) })];
  if (idClass === "file-name" || readEntryText(entry, "sessionFile") !== undefined) return [];
  return [finding("session-id-not-a-file-name", place)];
}

function checkUpdatedAt(entry: JsonObject, place: FindingPlace): readonly Finding[] {
  if (!Object.hasOwn(entry, "updatedAt")) {
    return isOpenClawPythonRow(entry) ? [] : [finding("updated-at-missing", place)];
  }
  const value = entry["updatedAt"];
  const time = parseRowTime(value);
  if (!time.known)
    return [finding("updated-at-unknown", place, { why: time.why, actual: jsonTypeName(value) })];
  return time.unit === "ms" ? [] : [finding("updated-at-unit", place, { unit: time.unit })];
}
