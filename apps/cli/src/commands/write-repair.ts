import { formatBytes } from "@sessionsmith/core";
import type { CliIo } from "../io.ts";
import type { OutputView } from "../output-view.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";
import { renderTable } from "../render/table.ts";
import type { RepairedStore, RepairReport } from "./repair-report.ts";

/** Lines of the table that are shown without `--verbose`. */
const shownMends = 50;

/** Writes what a repair did, or would do: a table, or one JSON document. */
export function writeRepair(
  report: RepairReport,
  { io, view }: { readonly io: CliIo; readonly view: OutputView },
): void {
  if (view.json) writeJson(report, io.stdout);
  else io.stdout(repairText(report, { verbose: view.verbose, width: io.columns }));
}

function repairText(
  report: RepairReport,
  view: { readonly verbose: boolean; readonly width: number | undefined },
): string {
  const lines = report.stores.flatMap((store) => [...storeLines(store, view), ""]);
  return `${[...lines, endLine(report)].join("\n")}\n`;
}

function endLine({ dryRun, wouldMutate, operationId }: RepairReport): string {
  if (!wouldMutate) return "Nothing needs to be mended.";
  if (dryRun) return "This was a preview; nothing was changed. Add --apply to do it.";
  return `Done as operation ${operationId}; \`sessionsmith undo ${operationId}\` takes it back.`;
}

function storeLines(
  store: RepairedStore,
  { verbose, width }: { readonly verbose: boolean; readonly width: number | undefined },
): readonly string[] {
  const { storePath, agentId, mends, unmended, savedBytes } = store;
  const title = safeText(`Session store: ${storePath} (agent ${agentId})`);
  if (store.error !== undefined) return [title, "Not repaired; see the error."];
  const shown = verbose ? mends : mends.slice(0, shownMends);
  const columns = [
    { header: "Repair" },
    { header: "What", least: 18 },
    { header: "Session or file", least: 24, distinct: true },
    { header: "Why", least: 12 },
  ];
  const rows = [
    ...shown.map((mend) => [mend.domain, mend.what, subjectOf(mend), whyOf(mend)]),
    ...unmended.map((left) => [
      left.domain,
      left.what,
      left.key ?? left.file ?? "-",
      `stays: ${left.reasons.join(", ")}`,
    ]),
  ];
  return [
    title,
    `Entries: ${store.beforeCount ?? "unreadable"} -> ${store.afterCount}`,
    ...(savedBytes > 0 ? [`Index: ${formatBytes(savedBytes)} less`] : []),
    ...(rows.length === 0 ? [] : renderTable({ columns, rows, width })),
    ...(shown.length < mends.length
      ? [`… and ${mends.length - shown.length} more; --verbose shows all`]
      : []),
  ];
}

type ReportedMend = RepairedStore["mends"][number];

function subjectOf({ key, file, count }: ReportedMend): string {
  return key ?? file ?? (count === null ? "-" : String(count));
}

function whyOf({ from, to, reasons }: ReportedMend): string {
  const change = [from === null ? [] : [`from ${from}`], to === null ? [] : [`to ${to}`]].flat();
  return [...change, ...reasons].join(", ");
}
