import type { UndoConflict } from "@sessionsmith/core/engine";
import type { ExitStatus } from "../exit-codes.ts";
import type { CliIo } from "../io.ts";
import type { OutputView } from "../output-view.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";
import { conflictText } from "../take-back.ts";
import type { TakenBack } from "../take-back.ts";

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

/** Writes the report, and on standard error what could not be taken back. Exit 3 if there is anything, but not in a preview. */
export function writeTakenBack(
  report: TakenBackReport,
  { io, view }: { readonly io: CliIo; readonly view: OutputView },
): ExitStatus {
  if (view.json) writeJson(report, io.stdout);
  else io.stdout(`${takenBackText(report)}\n`);
  const left = report.conflicts.map((conflict) => `left as it is: ${conflictText(conflict)}`);
  for (const line of [...left, ...report.warnings]) io.stderr(`sessionsmith: ${safeText(line)}\n`);
  return report.dryRun || left.length + report.warnings.length === 0 ? 0 : 3;
}

function takenBackText({ undoes, operationId, dryRun, rows, files }: TakenBackReport): string {
  const counts = `${rows} session rows and ${files} files`;
  if (dryRun) return `Would take back of operation ${undoes}: ${counts}.`;
  if (operationId === null) return `Nothing is left to take back of operation ${undoes}.`;
  return (
    `Took back of operation ${undoes}: ${counts}.\n` +
    `Done as operation ${operationId}; \`sessionsmith undo ${operationId}\` does it again.`
  );
}
