import { counted } from "../render/counted.ts";
import type { ImportAnswer, ImportTrouble } from "@sessionsmith/sessions/change";
import type { CommandCall } from "../command-spec.ts";
import type { ExitStatus } from "../exit-codes.ts";
import { outputView } from "../output-view.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";

/** What came of an import. */
export interface ImportReport {
  /** Absolute path of what was read. */
  readonly file: string;
  readonly dryRun: boolean;
  /** One for each store. */
  readonly stores: readonly Omit<ImportAnswer, "dryRun" | "ok">[];
  readonly troubles: readonly ImportTrouble[];
}

/** Writes what came of an import. Exit 3 if something could not be brought in. */
export function writeImport(report: ImportReport, { io, options }: CommandCall): ExitStatus {
  const view = outputView(options, io);
  const { file, dryRun, stores, troubles } = report;
  if (view.json) writeJson({ ok: troubles.length === 0, file, dryRun, stores, troubles }, io.stdout);
  else io.stdout(`${importLines(report).map(safeText).join("\n")}\n`);
  for (const { line, problem } of troubles)
    io.stderr(`sessionsmith: ${safeText(`${file}, line ${line}: ${problem}; it stays in the file`)}\n`);
  const warnings = stores.flatMap((store) => store.warnings);
  for (const warning of warnings) io.stderr(`sessionsmith: ${safeText(warning)}\n`);
  return troubles.length + warnings.length > 0 ? 3 : 0;
}

function importLines({ dryRun, stores }: ImportReport): readonly string[] {
  if (stores.length === 0) return ["There is no session to bring in."];
  return stores.flatMap(({ path, added, alreadyThere, sessions, operationId }) => {
    const renamed = sessions.filter(({ changes }) => changes.length > 0);
    return [
      `Session store: ${path}`,
      `${dryRun ? "Would bring in" : "Brought in"}: ${counted(added, "session")} (${alreadyThere} there already)`,
      ...renamed.map(({ fromKey, key, changes }) => `  ${fromKey} -> ${key} (${changes.join(", ")})`),
      ...(dryRun ? ["Nothing was changed (--dry-run)."] : []),
      ...(operationId === null
        ? []
        : [`Done as operation ${operationId}; \`sessionsmith undo ${operationId}\` takes it back.`]),
    ];
  });
}
