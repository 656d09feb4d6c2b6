import type { RowTime } from "@sessionsmith/core";

/** `now - updatedAt` in ms (negative for a time in the future), or null if the time is unknown. */
export function rowAgeMs(time: RowTime, now: number): number | null {
  return time.known ? now - time.atMs : null;
}
