import { type JsonObject, type LeaseStatus, leaseStatus, parseRowTime, readLease } from "@sessionsmith/core";
import type { SelectedSession, SessionSelection } from "../session-selection.ts";
import { formatPythonStampTime } from "./python-time.ts";

/** A list as `session list` of bytesagain's session skill prints it (version 1.0.0). */
export interface BytesagainList {
  readonly ok: true;
  readonly count: number;
  readonly sessions: readonly BytesagainSession[];
}

/** One record of a {@link BytesagainList}. Times are `YYYY-MM-DDTHH:MM:SS.ffffffZ`; null if unknown. */
export interface BytesagainSession {
  readonly type: "session";
  /** The session id; the key if there is none. */
  readonly id: string;
  readonly user: string;
  readonly status: "active" | "expired";
  /** Seconds; null if the session has no lease. */
  readonly ttl: number | null;
  readonly meta: JsonObject;
  readonly created_at: string | null;
  readonly last_access: string | null;
  /** Null if the session has no lease: it never expires. */
  readonly expires_at: string | null;
  /** Only if the session was ended before its time. */
  readonly expired_at?: string;
}

/** Gives a selection the shape of bytesagain's `session list`. Rows and order are those of the selection. */
export function toBytesagainList({ sessions, query }: SessionSelection): BytesagainList {
  return {
    ok: true,
    count: sessions.length,
    sessions: sessions.map((session) =>
      bytesagainSession(session, leaseStatus(readLease(session.entry), query.now)),
    ),
  };
}

/** The record of a session. The script works the status out in lists, and shows the stored one elsewhere. */
export function bytesagainSession(
  { key, sessionId, updatedAt, entry }: Pick<SelectedSession, "entry" | "key" | "sessionId" | "updatedAt">,
  status: LeaseStatus,
): BytesagainSession {
  const lease = readLease(entry);
  const startedAt = parseRowTime(entry["sessionStartedAt"]);
  const record = {
    type: "session",
    id: sessionId ?? key,
    user: lease?.user ?? "anonymous",
    status,
    ttl: lease?.ttlSeconds ?? null,
    meta: lease?.meta ?? {},
    created_at: stamp(startedAt.known ? startedAt.atMs : undefined),
    last_access: stamp(lease?.lastAccessAt ?? updatedAt),
    expires_at: stamp(lease?.expiresAt),
  } as const;
  return lease?.expiredAt === undefined
    ? record
    : { ...record, expired_at: formatPythonStampTime(lease.expiredAt) };
}

function stamp(atMs: number | undefined): string | null {
  return atMs === undefined ? null : formatPythonStampTime(atMs);
}
