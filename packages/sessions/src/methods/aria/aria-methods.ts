import type { SessionMethod } from "../method.ts";
import { cleanupAfterDelegation, deleteSession } from "./delete-session.ts";
import { getSessionStats, listSessions } from "./look-at-sessions.ts";
import { pruneSessions } from "./prune-sessions.ts";

/** The five functions of Aria's session_manager (its file system era, February 2026), with their parameters and answers. */
export const ariaMethods: readonly SessionMethod[] = [
  listSessions,
  deleteSession,
  pruneSessions,
  getSessionStats,
  cleanupAfterDelegation,
];
