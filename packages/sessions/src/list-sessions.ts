import type { Host } from "@sessionsmith/core";
import type { ListQuery } from "./list-query.ts";
import { type ListResult, toListResult } from "./list-result.ts";
import { type ListScope, selectSessions } from "./select-sessions.ts";

/**
 * Lists sessions: reads each index once, and transcripts only for titles and previews. Writes nothing and takes no lock.
 * See {@link selectSessions} for the order of rows and for what is thrown.
 */
export function listSessions(host: Host, scope: ListScope, query: ListQuery): ListResult {
  return toListResult(selectSessions(host, scope, query));
}
