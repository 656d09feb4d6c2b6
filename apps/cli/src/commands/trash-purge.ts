import { formatBytes } from "@sessionsmith/core";
import { nodeEngineHost, planPurge, purgeOperations } from "@sessionsmith/core/engine";
import type { EngineHost, PurgedOperation, PurgeSelection } from "@sessionsmith/core/engine";
import { trashRetentionMs } from "@sessionsmith/sessions/change";
import { chooseStores, readDurationMs } from "../choose-stores.ts";
import type { ChosenStores } from "../choose-stores.ts";
import type { CommandHandler } from "../command-spec.ts";
import { findOperation } from "../find-operation.ts";
import { purgeAgeOption, purgeOperationOption } from "../options/trash-options.ts";
import { previewOption } from "../options/writing-options.ts";
import { outputView } from "../output-view.ts";
import { lockTimeoutMs } from "../recover-first.ts";
import { writeJson } from "../render/json.ts";
import { renderTable } from "../render/table.ts";
import { reportFindings } from "../report-findings.ts";
import { openStoreDirs } from "../open-store-dirs.ts";
import { UsageError } from "../usage-error.ts";

/** An operation that was purged, or would be, and where. */
interface Purged extends PurgedOperation {
  readonly sessionsDir: string;
}

/** Runs `sessionsmith trash purge`. */
export const runTrashPurge: CommandHandler = async (call) => {
  const { io, options } = call;
  const view = outputView(options, io);
  const operationId = options.value(purgeOperationOption);
  const olderThanMs = readDurationMs(options, purgeAgeOption);
  if (operationId !== undefined && olderThanMs !== undefined)
    throw new UsageError("--older-than can't be combined with --operation");
  const chosen = chooseStores(
    call,
    await io.loadHost(),
    operationId === undefined ? "default-agent" : "every-store",
  );
  const engine = nodeEngineHost(chosen.host);
  const dryRun = options.flag(previewOption) === true;
  const selection = { olderThanMs: olderThanMs ?? trashRetentionMs, operationId };
  const purged: Purged[] = [];
  for (const dir of dirsOf(chosen, engine, operationId)) {
    // oxlint-disable-next-line no-await-in-loop -- one store after the other
    const operations = await purge(engine, dir, { selection, dryRun });
    purged.push(...operations.map((operation) => ({ ...operation, sessionsDir: dir })));
  }
  const reclaimedBytes = purged.reduce((sum, one) => sum + one.reclaimedBytes, 0);
  if (view.json) writeJson({ dryRun, reclaimedBytes, purged }, io.stdout);
  else io.stdout(purgedText(purged, { dryRun, reclaimedBytes, width: io.columns }));
  reportFindings(chosen.findings, view, io);
  return 0;
};

/** The directories to purge in; an operation that is named goes from all the stores that it changed. */
function dirsOf(
  chosen: ChosenStores,
  engine: EngineHost,
  operationId: string | undefined,
): readonly string[] {
  if (operationId === undefined) return openStoreDirs(chosen).map(({ realDir }) => realDir);
  return findOperation(chosen, engine, operationId).operation.parts;
}

async function purge(
  engine: EngineHost,
  realDir: string,
  { selection, dryRun }: { readonly selection: PurgeSelection; readonly dryRun: boolean },
): Promise<readonly PurgedOperation[]> {
  if (dryRun) return planPurge(engine, realDir, selection);
  return purgeOperations(engine, realDir, { ...selection, lockTimeoutMs });
}

function purgedText(
  purged: readonly Purged[],
  show: { readonly dryRun: boolean; readonly reclaimedBytes: number; readonly width: number | undefined },
): string {
  if (purged.length === 0) return "Nothing is old enough to be purged.\n";
  const columns = ["Operation", "Files", "Freed"].map((header) => ({ header }));
  const rows = purged.map(({ id, files, reclaimedBytes }) => [
    id,
    String(files),
    formatBytes(reclaimedBytes),
  ]);
  const table = renderTable({ columns, rows, width: show.width });
  const verb = show.dryRun ? "Would free" : "Freed";
  return `${[...table, "", `${verb} ${formatBytes(show.reclaimedBytes)}.`].join("\n")}\n`;
}
