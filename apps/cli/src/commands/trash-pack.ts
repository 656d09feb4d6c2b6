import { formatBytes } from "@sessionsmith/core";
import { nodeEngineHost, packOperations } from "@sessionsmith/core/engine";
import type { PackedOperation } from "@sessionsmith/core/engine";
import { chooseStores, readDurationMs } from "../choose-stores.ts";
import type { CommandHandler } from "../command-spec.ts";
import { openStoreDirs } from "../open-store-dirs.ts";
import { purgeAgeOption } from "../options/trash-options.ts";
import { outputView } from "../output-view.ts";
import { lockTimeoutMs } from "../recover-first.ts";
import { writeJson } from "../render/json.ts";
import { renderTable } from "../render/table.ts";
import { reportFindings } from "../report-findings.ts";

const defaultAgeMs = 86_400_000;

/** An operation whose trash was packed, and where. */
interface Packed extends PackedOperation {
  readonly sessionsDir: string;
}

/** Runs `sessionsmith trash pack`. */
export const runTrashPack: CommandHandler = async (call) => {
  const { io, options } = call;
  const view = outputView(options, io);
  const olderThanMs = readDurationMs(options, purgeAgeOption) ?? defaultAgeMs;
  const chosen = chooseStores(call, await io.loadHost());
  const engine = nodeEngineHost(chosen.host);
  const packed: Packed[] = [];
  for (const { realDir: sessionsDir } of openStoreDirs(chosen)) {
    // oxlint-disable-next-line no-await-in-loop -- one store after the other
    const operations = await packOperations(engine, sessionsDir, { olderThanMs, lockTimeoutMs });
    packed.push(...operations.map((operation) => ({ ...operation, sessionsDir })));
  }
  const reclaimedBytes = packed.reduce((sum, one) => sum + one.reclaimedBytes, 0);
  if (view.json) writeJson({ reclaimedBytes, packed }, io.stdout);
  else io.stdout(packedText(packed, reclaimedBytes, io.columns));
  reportFindings(chosen.findings, view, io);
  return 0;
};

function packedText(packed: readonly Packed[], reclaimedBytes: number, width: number | undefined): string {
  if (packed.length === 0) return "There is nothing to pack.\n";
  const columns = ["Operation", "Packed", "Left as it is", "Freed"].map((header) => ({ header }));
  const rows = packed.map((one) => [
    one.id,
    String(one.files),
    String(one.skipped),
    formatBytes(one.reclaimedBytes),
  ]);
  return `${[...renderTable({ columns, rows, width }), "", `Freed ${formatBytes(reclaimedBytes)}.`].join("\n")}\n`;
}
