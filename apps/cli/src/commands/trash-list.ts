import { counted } from "../render/counted.ts";
import { formatAge, formatBytes } from "@sessionsmith/core";
import { listTrash, nodeEngineHost } from "@sessionsmith/core/engine";
import type { TrashedFile } from "@sessionsmith/core/engine";
import { chooseStores } from "../choose-stores.ts";
import type { CommandHandler } from "../command-spec.ts";
import { outputView } from "../output-view.ts";
import { writeJson } from "../render/json.ts";
import { renderTable } from "../render/table.ts";
import { reportFindings } from "../report-findings.ts";
import { openStoreDirs } from "../open-store-dirs.ts";
import { warnOfPending } from "../warn-of-pending.ts";

interface ListedFile extends TrashedFile {
  readonly agentId: string;
  readonly ageMs: number;
}

/** Runs `sessionsmith trash list`. */
export const runTrashList: CommandHandler = async (call) => {
  const { io, options } = call;
  const view = outputView(options, io);
  const chosen = chooseStores(call, await io.loadHost());
  const { fs } = nodeEngineHost(chosen.host);
  const files = openStoreDirs(chosen).flatMap(({ realDir, target: { agentId } }) =>
    listTrash(fs, realDir).map((file) => ({ ...file, agentId, ageMs: chosen.now - file.trashedAt })),
  );
  const totalBytes = files.reduce((sum, { size }) => sum + size, 0);
  if (view.json) writeJson({ count: files.length, totalBytes, files: files.map(fileJson) }, io.stdout);
  else io.stdout(trashText(files, { totalBytes, width: io.columns }));
  reportFindings(chosen.findings, view, io);
  await warnOfPending(chosen, view, io);
  return 0;
};

function fileJson({ operationId, agentId, name, path, size, trashedAt, ageMs, reason }: ListedFile): object {
  return { operationId, agentId, name, path, bytes: size, trashedAt, ageMs, reason };
}

function trashText(
  files: readonly ListedFile[],
  { totalBytes, width }: { readonly totalBytes: number; readonly width: number | undefined },
): string {
  if (files.length === 0) return "The trash is empty.\n";
  const columns = [
    { header: "Operation" },
    { header: "Size", spare: true },
    { header: "Age", spare: true },
    { header: "Reason", least: 12 },
    { header: "File", least: 20, distinct: true },
  ];
  const rows = files.map(({ operationId, size, ageMs, reason, name }) => [
    operationId,
    formatBytes(size),
    formatAge(ageMs),
    reason,
    name,
  ]);
  const table = renderTable({ columns, rows, width });
  return `${[...table, "", `${counted(files.length, "file")}, ${formatBytes(totalBytes)}`].join("\n")}\n`;
}
