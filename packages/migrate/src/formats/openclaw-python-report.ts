import type { MigrationReport } from "../migration-report.ts";

/** What `migrate_to_centralized_store()` of openclaw-python returns. */
export interface PythonMigrationStats {
  readonly status: MigrationReport["status"];
  readonly sessions_found: number;
  readonly migrated: number;
  readonly errors: number;
  /** Not there if there is no session. */
  readonly error_details?: readonly { readonly file: string; readonly error: string }[];
  /** Only there if a copy was made. */
  readonly backup_dir?: string;
}

/** A report in the names of openclaw-python's `migrate_sessions.py`. */
export function toPythonStats(report: MigrationReport): PythonMigrationStats {
  const { status, sessionsFound, migrated, errors, errorDetails, backupDir } = report;
  const counts = { status, sessions_found: sessionsFound, migrated, errors };
  if (status === "not_found") return counts;
  const details = { ...counts, error_details: errorDetails.map(({ file, error }) => ({ file, error })) };
  return backupDir === null ? details : { ...details, backup_dir: backupDir };
}

const rule = "=".repeat(60);

/** A report as the text that `migrate_sessions.py` prints. */
export function toPythonText(report: MigrationReport): string {
  const { status, sessionsFound, migrated, errors, errorDetails, backupDir, dryRun } = report;
  const lines = [
    "",
    rule,
    "Migration Results",
    rule,
    `Status: ${status}`,
    `Sessions found: ${sessionsFound}`,
    `Sessions migrated: ${migrated}`,
    `Errors: ${errors}`,
    ...(backupDir === null ? [] : [`Backup location: ${backupDir}`]),
    ...(errors === 0 ? [] : ["", "Errors:", ...errorDetails.map(({ file, error }) => `  ${file}: ${error}`)]),
    rule,
    "",
    dryRun ? "DRY RUN - No changes were made" : "Migration complete!",
  ];
  return `${lines.join("\n")}\n`;
}
