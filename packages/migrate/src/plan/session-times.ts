import {
  type FileFact,
  type JsonObject,
  type JsonValue,
  type NaiveZone,
  parseLegacyTime,
} from "@sessionsmith/core";
import type { ContentSurvey } from "../content/survey-content.ts";
import type { LegacySource } from "../legacy-source.ts";
import type { SessionTimes } from "./surveyed-session.ts";

/** Where the stores keep the two times, in the order in which they count. */
const updatedFields = ["updatedAt", "updated_at", "last_active_at", "lastActiveAt"] as const;
const startedFields = ["sessionStartedAt", "createdAt", "created_at", "timestamp"] as const;

/**
 * When a session began and was used last: what the store says, else its first and last message, else the file. Never the present.
 */
export function timesOf(
  { row = {} }: LegacySource,
  {
    survey,
    fact,
    naiveZone,
  }: { readonly survey: ContentSurvey; readonly fact: FileFact; readonly naiveZone: NaiveZone },
): SessionTimes {
  const { head = {}, firstAt, lastAt } = survey;
  const stored = (fields: readonly string[]): number | undefined =>
    storedTime(row, fields, naiveZone) ?? storedTime(head, fields, naiveZone);
  const said = stored(updatedFields);
  const updatedAt = said ?? lastAt ?? Number(fact.mtimeNs / 1_000_000n);
  const updatedFrom = said === undefined ? (lastAt === undefined ? "mtime" : "message") : "store";
  return { startedAt: stored(startedFields) ?? firstAt ?? updatedAt, updatedAt, updatedFrom };
}

/** The first of some fields that holds a time, in epoch ms. */
function storedTime(object: JsonObject, fields: readonly string[], naiveZone: NaiveZone): number | undefined {
  for (const field of fields) {
    const atMs = parseLegacyTime(own(object, field), naiveZone);
    if (atMs !== undefined) return atMs;
  }
  return undefined;
}

function own(object: JsonObject, field: string): JsonValue | undefined {
  return Object.hasOwn(object, field) ? object[field] : undefined;
}
