import { type JsonObject, type LeaseStatus, leaseStatus, parseRowTime, readLease } from "@sessionsmith/core";

/** A session as one that has a user, a time to live and metadata. Times are epoch ms. */
export interface LeaseView {
  readonly key: string;
  readonly sessionId: string | null;
  readonly agentId: string;
  /** Null if the session has no lease. */
  readonly user: string | null;
  readonly status: LeaseStatus;
  /** Null for a lease that never runs out, and without a lease. */
  readonly ttlSeconds: number | null;
  readonly createdAt: number | null;
  readonly lastAccessAt: number | null;
  /** Null for a lease that never runs out, and without a lease. */
  readonly expiresAt: number | null;
  /** When it was ended before its time; null if it was not. */
  readonly expiredAt: number | null;
  readonly meta: JsonObject;
}

/** A row that is looked at as a lease. */
export interface LeasedRow {
  readonly key: string;
  readonly agentId: string;
  readonly entry: JsonObject;
}

/** Looks at a row as a lease at `now` (epoch ms): whether it has run out is worked out anew each time. */
export function leaseView({ key, agentId, entry }: LeasedRow, now: number): LeaseView {
  const lease = readLease(entry);
  const sessionId = entry["sessionId"];
  return {
    key,
    sessionId: typeof sessionId === "string" ? sessionId : null,
    agentId,
    user: lease?.user ?? null,
    status: leaseStatus(lease, now),
    ttlSeconds: lease?.ttlSeconds ?? null,
    createdAt: timeOf(entry, "sessionStartedAt") ?? null,
    lastAccessAt: lease?.lastAccessAt ?? timeOf(entry, "updatedAt") ?? null,
    expiresAt: lease?.expiresAt ?? null,
    expiredAt: lease?.expiredAt ?? null,
    meta: lease?.meta ?? {},
  };
}

function timeOf(entry: JsonObject, field: string): number | undefined {
  const time = parseRowTime(entry[field]);
  return time.known ? time.atMs : undefined;
}
