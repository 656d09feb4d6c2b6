import { counted } from "../render/counted.ts";
import { toPythonStats, toPythonText } from "@sessionsmith/migrate";
import type { MigrationReport } from "@sessionsmith/migrate";
import type { CommandCall } from "../command-spec.ts";
import type { ExitStatus } from "../exit-codes.ts";
import { migrateFormatOption } from "../options/migrate-options.ts";
import type { OutputView } from "../output-view.ts";
import { writeJson } from "../render/json.ts";
import { safeLines, safeText } from "../render/safe-text.ts";
import { reportFindings } from "../report-findings.ts";

/** Errors that the text lists; the report file and --verbose have all of them. */
const listedErrors = 20;

/** Writes a report: text, one JSON document, or the shape of openclaw-python; findings and warnings go to standard error. */
export function writeMigration(
  report: MigrationReport,
  { io, options }: CommandCall,
  view: OutputView,
): ExitStatus {
  const isForeign = options.value(migrateFormatOption) !== undefined;
  if (view.json) writeJson(isForeign ? toPythonStats(report) : report, io.stdout);
  else io.stdout(isForeign ? safeLines(toPythonText(report)) : migrationText(report));
  reportFindings(report.findings, view, io);
  for (const warning of report.warnings) io.stderr(`sessionsmith: ${safeText(warning)}\n`);
  return exitOf(report);
}

/** A preview ends as its run would: a script may ask it whether all of the workspace can be brought over. */
function exitOf({ status }: MigrationReport): ExitStatus {
  if (status === "not_found") return 10;
  return status === "partial" ? 3 : 0;
}

function migrationText(report: MigrationReport): string {
  const { status, workspace, sessionsFound, stores } = report;
  if (status === "not_found") return `There are no legacy sessions in ${safeText(workspace)}.\n`;
  const counts = [
    `${report.migrated} ${report.dryRun ? "would be migrated" : "migrated"} (${counted(report.messages, "message")})`,
    `${report.alreadyThere} there already`,
    ...(report.duplicates > 0 ? [counted(report.duplicates, "duplicate")] : []),
    `${report.left} left`,
  ];
  const lines = [
    `Workspace: ${safeText(workspace)}`,
    `Status: ${status}`,
    sessionsFound === 0
      ? "An interrupted migration was finished; there was nothing more to bring in."
      : `Sessions found: ${sessionsFound}: ${counts.join(", ")}`,
    ...stores
      .filter(({ addedRows, addedTranscripts }) => addedRows + addedTranscripts > 0)
      .map(
        (store) =>
          `Store: ${safeText(store.storePath)} (+${counted(store.addedRows, "row")}, +${counted(store.addedTranscripts, "transcript")})`,
      ),
    ...(report.backupDir === null ? [] : [`Originals are in: ${safeText(report.backupDir)}`]),
    ...errorLines(report),
    endLine(report),
  ];
  return `${lines.join("\n")}\n`;
}

function errorLines({ errors, errorDetails }: MigrationReport): readonly string[] {
  if (errors === 0) return [];
  const shown = errorDetails.slice(0, listedErrors).map(({ file, line, offset, error }) => {
    const place = [line === null ? [] : [`line ${line}`], offset === null ? [] : [`byte ${offset}`]].flat();
    return `  ${safeText(file)}${place.length === 0 ? "" : ` (${place.join(", ")})`}: ${safeText(error)}`;
  });
  const rest = errors > listedErrors ? [`  and ${errors - listedErrors} more`] : [];
  return [`Errors: ${errors}`, ...shown, ...rest];
}

function endLine({ dryRun, operationId }: MigrationReport): string {
  if (dryRun) return "This was a preview; nothing was changed.";
  if (operationId === null) return "Nothing needed to be done.";
  return `Done as operation ${operationId}; \`sessionsmith migrate rollback ${operationId}\` takes it back.`;
}
