import { counted } from "../render/counted.ts";
import type { UndoConflict } from "@sessionsmith/core/engine";
import type { ExitStatus } from "../exit-codes.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";
import { conflictText } from "../take-back.ts";
import type { TakenBack, WayBack } from "../take-back.ts";

/** What taking an operation back came to; it is the JSON document of `undo` and `trash restore`. */
export interface TakenBackReport {
  /** The operation that was taken back. */
  readonly undoes: string;
  /** The new operation; null for a preview, or if there was nothing to do. */
  readonly operationId: string | null;
  readonly dryRun: boolean;
  /** Rows and files that are, or would be, as they were. */
  readonly rows: number;
  readonly files: number;
  readonly conflicts: readonly UndoConflict[];
  readonly warnings: readonly string[];
}

/** Renders the outcome as plain JSON data. Pure. */
export function takenBackReport(
  undoes: string,
  { applied, plan, conflicts }: TakenBack,
  dryRun: boolean,
): TakenBackReport {
  return {
    undoes,
    operationId: applied?.operationId ?? null,
    dryRun,
    rows: plan.parts.reduce((sum, { rows }) => sum + rows.length, 0),
    files: plan.parts.reduce((sum, { files }) => sum + files.length, 0),
    conflicts,
    warnings: applied?.warnings ?? [],
  };
}

/**
 * Writes the report, and on standard error what could not be taken back. Exit 3 if there is anything, but not in a preview: that says
 * instead, if conflicts are not skipped, that the run would be refused.
 */
export function writeTakenBack(
  report: TakenBackReport,
  { io, view, skipConflicts }: Pick<WayBack, "io" | "view" | "skipConflicts">,
): ExitStatus {
  if (view.json) writeJson(report, io.stdout);
  else io.stdout(`${takenBackText(report)}\n`);
  const left = report.conflicts.map((conflict) => `left as it is: ${conflictText(conflict)}`);
  const lines = [...left, ...report.warnings];
  const wouldRefuse = report.dryRun && left.length > 0 && !skipConflicts;
  if (wouldRefuse) lines.push("without --skip-conflicts nothing would be taken back (exit 15)");
  for (const line of lines) io.stderr(`sessionsmith: ${safeText(line)}\n`);
  return report.dryRun || lines.length === 0 ? 0 : 3;
}

function takenBackText({ undoes, operationId, dryRun, rows, files, conflicts }: TakenBackReport): string {
  const counts = `${counted(rows, "session row")} and ${counted(files, "file")}`;
  if (dryRun) return `Would take back of operation ${undoes}: ${counts}.`;
  if (operationId === null && conflicts.length > 0)
    return `Nothing was taken back of operation ${undoes}: all that is left of it has to stay as it is.`;
  if (operationId === null) return `Nothing is left to take back of operation ${undoes}.`;
  return (
    `Took back of operation ${undoes}: ${counts}.\n` +
    `Done as operation ${operationId}; \`sessionsmith undo ${operationId}\` does it again.`
  );
}
