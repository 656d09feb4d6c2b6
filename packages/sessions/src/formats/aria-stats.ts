import type { SessionStats } from "../stats/session-stats.ts";

/** Counts as `get_session_stats` of Aria's session_manager returns them (its file system era, February 2026). */
export interface AriaStats {
  readonly total_sessions: number;
  /** Sessions of unknown age are stale there. */
  readonly stale_sessions: number;
  readonly active_sessions: number;
  readonly by_agent: Readonly<Record<string, number>>;
  readonly stale_threshold_minutes: number;
}

/** Gives counts the shape of Aria's `get_session_stats`. */
export function toAriaStats(stats: SessionStats): AriaStats {
  return {
    total_sessions: stats.totalSessions,
    stale_sessions: stats.staleSessions + stats.unknownAgeSessions,
    active_sessions: stats.activeSessions,
    by_agent: Object.fromEntries(stats.byAgent),
    stale_threshold_minutes: stats.query.staleAfterMs / 60_000,
  };
}
