import { type JsonObject, parseRowTime } from "@sessionsmith/core";
import type { SessionClock } from "./freshness.ts";

/** What a row says about the age of its session. */
export function sessionClock(entry: JsonObject): SessionClock {
  return {
    sessionStartedAt: timeOf(entry["sessionStartedAt"]),
    lastInteractionAt: timeOf(entry["lastInteractionAt"]),
    updatedAt: timeOf(entry["updatedAt"]),
  };
}

function timeOf(value: unknown): number | undefined {
  const time = parseRowTime(value);
  return time.known ? time.atMs : undefined;
}
