import type { ResetPolicy, TimeOfDay } from "./reset-policy.ts";
import { instantOf, localDay } from "./zoned-time.ts";

/** What a row says about the age of its session. All epoch ms; undefined if unknown. */
export interface SessionClock {
  readonly sessionStartedAt: number | undefined;
  readonly lastInteractionAt: number | undefined;
  readonly updatedAt: number | undefined;
}

/** Why a session gives way to a new one by itself. */
export type ResetReason = "daily" | "idle";

/** When a session gives way to a new one. */
export interface NextReset {
  /** Epoch ms. */
  readonly at: number;
  readonly reason: ResetReason;
}

/** Whether a session still holds. */
export interface Freshness {
  /** Undefined: never by itself. */
  readonly next: NextReset | undefined;
  /** The reset is due at its next message. */
  readonly wouldReset: boolean;
}

/**
 * Tells when a session gives way to a new one, and whether that moment has come. The daily hour counts from the start of the
 * session, or its oldest known time; idleness from its last interaction, or else its last update. The earlier moment wins.
 * A session that missed several daily hours is reset once: the new one begins now. A session of unknown age never resets.
 * @param now epoch ms
 */
export function freshness(clock: SessionClock, policy: ResetPolicy, now: number): Freshness {
  const next = nextReset(clock, policy);
  return { next, wouldReset: next !== undefined && next.at <= now };
}

function nextReset(
  clock: SessionClock,
  { daily, idleMinutes, timeZone }: ResetPolicy,
): NextReset | undefined {
  const { sessionStartedAt, lastInteractionAt, updatedAt } = clock;
  const startedAt = sessionStartedAt ?? lastInteractionAt ?? updatedAt;
  const activeAt = lastInteractionAt ?? updatedAt ?? sessionStartedAt;
  const moments: NextReset[] = [];
  if (daily !== undefined && startedAt !== undefined)
    moments.push({ at: nextDaily(startedAt, daily, timeZone), reason: "daily" });
  if (idleMinutes !== undefined && activeAt !== undefined)
    moments.push({ at: activeAt + idleMinutes * 60_000, reason: "idle" });
  return moments.toSorted((one, other) => one.at - other.at)[0];
}

/** The first time of day after an instant. A day that a zone left out ends at the moment at which it would have begun. */
function nextDaily(afterMs: number, time: TimeOfDay, timeZone: string): number {
  const today = localDay(afterMs, timeZone);
  for (let days = 0; ; days += 1) {
    const at = instantOf({ ...today, day: today.day + days, ...time }, timeZone);
    if (at > afterMs) return at;
  }
}
