import type { JsonKeySpec } from "./json-document.ts";

/** A session with its lease, as every answer about one shows it. */
export const leaseKeys: readonly JsonKeySpec[] = [
  { path: "session", type: "object", description: "the session with its lease" },
  { path: "session.key", type: "string", description: "session key" },
  { path: "session.sessionId", type: "string | null", description: "id of the session" },
  { path: "session.agentId", type: "string", description: "its agent" },
  { path: "session.user", type: "string | null", description: "user of the lease" },
  { path: "session.status", type: "active | expired", description: "whether its lease holds" },
  { path: "session.ttlSeconds", type: "number | null", description: "time to live; null for ever" },
  { path: "session.createdAt", type: "number | null", description: "when it began" },
  { path: "session.lastAccessAt", type: "number | null", description: "last access" },
  {
    path: "session.expiresAt",
    type: "number | null",
    description: "when the lease runs out; null for never",
  },
  { path: "session.expiredAt", type: "number | null", description: "when it was ended before its time" },
  { path: "session.meta", type: "object", description: "the values that are kept with it" },
];
