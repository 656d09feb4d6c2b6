import { uuidOf } from "@sessionsmith/core";
import type { ImportedSession } from "./imported-session.ts";

/**
 * The n-th id (from 0) that a session of an export gets if its own is taken or it has none: a UUID (version 5) that is made of what it
 * is, so that it gets the same one, and is found again, when the export is brought in once more.
 */
export function madeId({ key, sessionId, transcript }: ImportedSession, n: number): string {
  return uuidOf([key, sessionId ?? null, transcript?.sha256 ?? null, n]);
}
