import { type Finding, findingCatalogue, type PlanPart, type Sequence } from "@sessionsmith/core";
import type { MigratedSession } from "./migrated-session.ts";
import type { PlannedMigration } from "./plan-migration.ts";

/** What a migration came to, or would come to. */
export interface MigrationReport {
  /** `not_found`: there is no legacy session, and none that an interrupted migration had begun with. `partial`: a file has an error, or something could not be done. */
  readonly status: "success" | "partial" | "not_found";
  readonly dryRun: boolean;
  /** Absolute path of what was migrated. */
  readonly workspace: string;
  readonly sessionsFound: number;
  /** Sessions that were brought in, or would be. */
  readonly migrated: number;
  /** Sessions that are in the stores from an earlier migration. */
  readonly alreadyThere: number;
  readonly duplicates: number;
  /** Sessions that stay where they are. */
  readonly left: number;
  /** Messages of the sessions that were brought in. */
  readonly messages: number;
  /** Findings that are errors. */
  readonly errors: number;
  readonly errorDetails: readonly MigrationError[];
  /** Where the originals were copied or moved to; null for a preview, without a copy, or if nothing was done. */
  readonly backupDir: string | null;
  /** The operation, for a rollback: a new one, or one that was interrupted and is finished now; null if nothing was done. */
  readonly operationId: string | null;
  readonly digest: string;
  readonly stores: readonly MigratedStore[];
  /** In order of their files. */
  readonly sessions: Sequence<MigratedSession>;
  readonly findings: readonly Finding[];
  /** What could not be done after the switch. */
  readonly warnings: readonly string[];
}

/** Something that was not migrated, or not wholly. */
export interface MigrationError {
  /** Absolute path. */
  readonly file: string;
  /** The id of the finding; `sessionsmith explain` tells more. */
  readonly code: string;
  /** One sentence without content of the file. */
  readonly error: string;
  readonly line: number | null;
  readonly offset: number | null;
}

/** What a migration adds to one store. */
export interface MigratedStore {
  readonly agentId: string;
  readonly storePath: string;
  readonly addedRows: number;
  readonly addedTranscripts: number;
}

/** What is known of a migration beside its plan. */
export interface MigrationOutcome {
  readonly dryRun: boolean;
  /** Undefined if nothing was done. */
  readonly operationId?: string | undefined;
  readonly backupDir?: string | undefined;
  readonly warnings?: readonly string[];
}

/** Renders a migration as plain JSON data; a preview and a run have the same numbers. Pure. */
export function migrationReport(
  { detection, plan, sessions, findings }: PlannedMigration,
  { dryRun, operationId, backupDir, warnings = [] }: MigrationOutcome,
): MigrationReport {
  const { counts, messages } = countSessions(sessions);
  const errorDetails = findings.filter(({ severity }) => severity === "error").map(errorOf);
  const isIdle = sessions.length === 0 && operationId === undefined;
  const isClean = errorDetails.length === 0 && warnings.length === 0;
  return {
    status: isIdle ? "not_found" : isClean ? "success" : "partial",
    dryRun,
    workspace: detection.path,
    sessionsFound: sessions.length,
    migrated: counts.migrate,
    alreadyThere: counts.there,
    duplicates: counts.duplicate,
    left: counts.left,
    messages,
    errors: errorDetails.length,
    errorDetails,
    backupDir: backupDir ?? null,
    operationId: operationId ?? null,
    digest: plan.digest,
    stores: plan.parts.map(storeOf),
    sessions,
    findings,
    warnings,
  };
}

/** How many sessions have each outcome, and the messages of those that are brought in. */
function countSessions(sessions: Iterable<MigratedSession>) {
  const counts: Record<MigratedSession["outcome"], number> = { migrate: 0, there: 0, duplicate: 0, left: 0 };
  let messages = 0;
  for (const session of sessions) {
    counts[session.outcome] += 1;
    if (session.outcome === "migrate") messages += session.messages;
  }
  return { counts, messages };
}

function storeOf({ store, rows, steps }: PlanPart): MigratedStore {
  let addedRows = 0;
  let addedTranscripts = 0;
  for (const { action } of rows) if (action === "add") addedRows += 1;
  for (const { kind } of steps) if (kind === "write-file") addedTranscripts += 1;
  return { agentId: store.agentId, storePath: store.indexPath, addedRows, addedTranscripts };
}

function errorOf({ id, place, details }: Finding): MigrationError {
  const problem = details?.["problem"];
  const { title } = findingCatalogue[id];
  return {
    file: place.path ?? "",
    code: id,
    error: typeof problem === "string" ? `${title}: ${problem}` : title,
    line: place.line ?? null,
    offset: place.offset ?? null,
  };
}
