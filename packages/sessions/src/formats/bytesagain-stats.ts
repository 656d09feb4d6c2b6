import type { SessionStats } from "../stats/session-stats.ts";

/** Counts as `session stats` of bytesagain's session skill prints them (version 1.0.0). */
export interface BytesagainStats {
  readonly ok: true;
  readonly stats: {
    readonly total_sessions: number;
    readonly active: number;
    readonly expired: number;
    readonly unique_users: number;
    /** One decimal; 0 if no session has a time to live. */
    readonly average_ttl_seconds: number;
    /** Path of the index; that of the first store if there are several. */
    readonly data_file: string | null;
  };
}

/** Gives counts the shape of bytesagain's `session stats`. */
export function toBytesagainStats({
  totalSessions,
  byStatus,
  leases,
  stores,
}: SessionStats): BytesagainStats {
  return {
    ok: true,
    stats: {
      total_sessions: totalSessions,
      ...byStatus,
      unique_users: leases.users,
      average_ttl_seconds: Math.round((leases.averageTtlSeconds ?? 0) * 10) / 10,
      data_file: stores[0]?.target.indexPath ?? null,
    },
  };
}
