import { formatBytes } from "@sessionsmith/core";
import { listOperations, nodeEngineHost } from "@sessionsmith/core/engine";
import type { OperationSummary } from "@sessionsmith/core/engine";
import { chooseStores } from "../choose-stores.ts";
import type { CommandHandler } from "../command-spec.ts";
import { outputView } from "../output-view.ts";
import { writeJson } from "../render/json.ts";
import { renderTable } from "../render/table.ts";
import { reportFindings } from "../report-findings.ts";
import { openStoreDirs } from "../open-store-dirs.ts";
import { warnOfPending } from "../warn-of-pending.ts";

/** Runs `sessionsmith operations`. */
export const runOperations: CommandHandler = async (call) => {
  const { io, options } = call;
  const view = outputView(options, io);
  const chosen = chooseStores(call, await io.loadHost());
  const { fs } = nodeEngineHost(chosen.host);
  const dirs = openStoreDirs(chosen);
  const operations = dirs
    .flatMap(({ realDir }) => listOperations(fs, realDir))
    .toSorted((a, b) => (a.id < b.id ? 1 : -1));
  if (view.json) writeJson({ operations: operations.map(operationJson) }, io.stdout);
  else io.stdout(operationsText(operations, { withAgent: dirs.length > 1, width: io.columns }));
  reportFindings(chosen.findings, view, io);
  await warnOfPending(chosen, view, io);
  return 0;
};

function operationJson(operation: OperationSummary): object {
  const { id, startedAt = null, command = null, agentId = null, realDir, undoneBy = null } = operation;
  const { rows, files, bytes, state, warnings } = operation;
  return {
    id,
    startedAt,
    command,
    agentId,
    sessionsDir: realDir,
    rows,
    files,
    bytes,
    state,
    undoneBy,
    warnings,
  };
}

function operationsText(
  operations: readonly OperationSummary[],
  { withAgent, width }: { readonly withAgent: boolean; readonly width: number | undefined },
): string {
  if (operations.length === 0) return "No operations.\n";
  const names = ["Id", ...(withAgent ? ["Agent"] : []), "Time", "Command", "Rows", "Files", "Bytes", "State"];
  const rows = operations.map(({ id, agentId = "", startedAt, command = "", ...counts }) => [
    id,
    ...(withAgent ? [agentId] : []),
    startedAt === undefined ? "" : new Date(startedAt).toISOString(),
    command,
    String(counts.rows),
    String(counts.files),
    formatBytes(counts.bytes),
    counts.state,
  ]);
  // The time stands in the id as well.
  const columns = names.map((header) => ({ header, spare: header === "Time" }));
  return `${renderTable({ columns, rows, width }).join("\n")}\n`;
}
