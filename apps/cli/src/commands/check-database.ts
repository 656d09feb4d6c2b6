import { finding, isStoreError } from "@sessionsmith/core";
import type { FindingId, Host } from "@sessionsmith/core";
import { nodeEngineHost } from "@sessionsmith/core/engine";
import { surveySqliteStore } from "@sessionsmith/store-sqlite";
import type { SqliteSurvey, SqliteTrouble } from "@sessionsmith/store-sqlite";
import type { CheckedStore } from "./checked-store.ts";

const ids = {
  integrity: "database-damaged",
  "foreign-key": "database-reference",
  "not-json": "database-value",
  "session-id": "database-session-id",
} as const satisfies Record<SqliteTrouble["kind"], FindingId>;

/**
 * Looks through a session manager's own database. One that is too damaged to be opened is a finding like any other.
 * @throws StoreError E_SQLITE_UNAVAILABLE, E_REFUSED for one of a newer version, E_LOCKED, E_IO
 */
export async function checkDatabase(host: Host, path: string): Promise<CheckedStore> {
  const { troubles, sessions, transcripts } = await look(host, path);
  return {
    era: "database",
    sessions: sessions ?? null,
    transcripts: transcripts ?? 0,
    transcriptsLookedAt: transcripts ?? 0,
    findings: troubles.map(({ kind, what }) => finding(ids[kind], { path }, { what })),
    files: [],
    fields: [],
  };
}

async function look(host: Host, dbPath: string): Promise<SqliteSurvey> {
  try {
    return await surveySqliteStore({ dbPath, host: nodeEngineHost(host) });
  } catch (error) {
    if (!isStoreError(error) || error.code !== "E_CORRUPT_INDEX") throw error;
    const { sqlite } = error.details;
    const what = typeof sqlite === "string" ? sqlite : error.code;
    return { troubles: [{ kind: "integrity", what }], sessions: undefined, transcripts: undefined };
  }
}
