import { formatAge, parseLeanRow } from "@sessionsmith/core";
import type { Guard, StoreSnapshot } from "@sessionsmith/core";
import type { CleanupDecision, CleanupReport, LabelCount } from "@sessionsmith/maintenance";
import type { OutputView } from "../output-view.ts";
import { createPaint } from "../render/paint.ts";
import type { Paint } from "../render/paint.ts";
import { safeLines, safeText } from "../render/safe-text.ts";
import { sessionFlags } from "../render/session-flags.ts";
import { renderTable } from "../render/table.ts";
import type { TableColumn } from "../render/table.ts";
import type { StoreResult } from "../for-each-store.ts";
import type { CleanedStore } from "./cleaned-store.ts";
import { countLines } from "./cleanup-counts.ts";
import type { CleanupOrder } from "./cleanup-order.ts";
import { dmScopeCounts, rescopedTable } from "./dm-scope-lines.ts";
import { emptyStoreReport } from "./empty-store-report.ts";

/** How a cleanup is shown as text. */
export interface CleanupTextView {
  readonly view: OutputView;
  /** True if several stores were asked for: each then begins with its agent. */
  readonly several: boolean;
  readonly order: Pick<CleanupOrder, "acts" | "policy">;
  /** Columns of the terminal; undefined without one. */
  readonly width: number | undefined;
}

/** What becomes, or became, of each store as text, an empty line between stores: counts, the table of actions, a summary by label. */
export function cleanupText(results: readonly StoreResult<CleanedStore>[], show: CleanupTextView): string {
  const blocks = results.map((result) => {
    const agent = show.several ? [`Agent: ${safeText(result.target.agentId)}`] : [];
    return [...agent, ...storeLines(result, show), ""].join("\n");
  });
  return blocks.join("\n");
}

function storeLines(result: StoreResult<CleanedStore>, show: CleanupTextView): readonly string[] {
  const { target } = result;
  if (result.state === "done") return reportLines(result.value.report, result.value.snapshot, show);
  if (result.state === "empty") return reportLines(emptyStoreReport(target, show.order), undefined, show);
  const { code, message } = result.error;
  const verb = show.order.acts ? "done" : "judged";
  return [`Session store: ${safeText(target.indexPath)}`, `Not ${verb} (${code}): ${safeLines(message)}`];
}

function reportLines(
  report: CleanupReport,
  snapshot: StoreSnapshot | undefined,
  { view, width, order: { policy } }: CleanupTextView,
): readonly string[] {
  const { beforeCount, afterCount } = report;
  const lines = [
    `Session store: ${safeText(report.storePath)}`,
    `Maintenance mode: ${report.mode}`,
    `Rules: ${report.preset}`,
    `Entries: ${beforeCount} -> ${afterCount} (remove ${beforeCount - afterCount})`,
    ...countLines(report),
    ...dmScopeCounts(report, policy.orders),
    ...fileLines(report),
    ...verdictLines(report),
    ...rescopedTable(report, width),
  ];
  if (snapshot === undefined || beforeCount === 0) return lines;
  const { decisions = [], labels = [] } = report;
  const actions = actionTable(decisions, snapshot, { view, width });
  return [
    ...lines,
    "",
    report.applied === true ? "Session actions:" : "Planned session actions:",
    ...actions,
    "",
    "By label:",
    ...labelTable(labels, width),
  ];
}

/** What leaves without a session, as OpenClaw 2026.5.28 words it; nothing where nothing was looked at. */
function fileLines(report: CleanupReport): readonly string[] {
  const { applied, unreferencedArtifacts, archives } = report;
  if (unreferencedArtifacts.scannedFiles === 0) return [];
  const [prune, retire] = applied === true ? ["Pruned", "Retired"] : ["Would prune", "Would retire"];
  return [
    `${retire} expired archives: ${archives.purgedFiles}`,
    `${prune} unreferenced artifacts: ${unreferencedArtifacts.archivedFiles}`,
    ...budgetLines(report),
  ];
}

/** What the disk budget comes to; nothing without one. */
function budgetLines({ applied, diskBudget }: CleanupReport): readonly string[] {
  if (diskBudget === null) return [];
  const { totalBytesBefore, totalBytesAfter, removedFiles, removedEntries, stillOverBytes } = diskBudget;
  const verb = applied === true ? "Enforced" : "Would enforce";
  const counts = `(files ${removedFiles}, entries ${removedEntries})`;
  const lines = [`${verb} disk budget: ${totalBytesBefore} -> ${totalBytesAfter} bytes ${counts}`];
  if (stillOverBytes > 0) lines.push(`Still over the disk budget: ${stillOverBytes} bytes that must stay`);
  if (diskBudget.reclaimableBytes > 0) {
    lines.push(
      `In the trash: ${diskBudget.reclaimableBytes} bytes that \`sessionsmith trash purge\` gives back`,
    );
  }
  return lines;
}

const guardSentences: Readonly<Record<Guard, string>> = {
  mass: "Held back: more than half of the conversations would go, or the clock is odd, so this needs a confirmation.",
  orphans:
    "Held back: the index explains too few of the transcripts beside it, so files stay until --allow-orphans confirms them.",
};

/** Whether it would be done, and if not, why. */
function verdictLines({
  mode,
  wouldMutate,
  wouldApply,
  blockedBy,
  operationId = null,
}: CleanupReport): readonly string[] {
  if (!wouldMutate) return ["Nothing needs to change."];
  const heldBack = blockedBy.map((guard) => guardSentences[guard]);
  if (operationId !== null) {
    const done = `Done as operation ${operationId}; \`sessionsmith undo ${operationId}\` takes it back.`;
    return [done, ...heldBack];
  }
  if (heldBack.length > 0) return heldBack;
  if (mode === "enforce") return [];
  return wouldApply
    ? ["In mode warn only the orders given by hand are carried out; with --enforce all of it is."]
    : ["In mode warn this is only reported; mode enforce would do it."];
}

function actionTable(
  decisions: readonly CleanupDecision[],
  snapshot: StoreSnapshot,
  { view, width }: Pick<CleanupTextView, "view" | "width">,
): readonly string[] {
  const paint = createPaint(view.color);
  const flags = flagsByKey(snapshot);
  const newestFirst = decisions.toSorted((a, b) => (a.ageMs ?? Infinity) - (b.ageMs ?? Infinity));
  const rows = newestFirst.map(({ key, action, ageMs, model, reasons }) => [
    action,
    key,
    formatAge(ageMs),
    model ?? "",
    flags.get(key) ?? "",
    ...(view.verbose ? [reasons.join(", ")] : []),
  ]);
  return renderTable({ columns: actionColumns(paint, view.verbose), rows, width });
}

function actionColumns(paint: Paint, withReasons: boolean): readonly TableColumn[] {
  return [
    {
      header: "Action",
      paint: (shown, action) => (action === "keep" ? paint.dim(shown) : paint.yellow(shown)),
    },
    { header: "Key", least: 26, distinct: true },
    { header: "Age" },
    { header: "Model", least: 8, spare: true },
    { header: "Flags", least: 8, spare: true, paint: (shown) => paint.dim(shown) },
    ...(withReasons ? [{ header: "Reasons", least: 16 }] : []),
  ];
}

function flagsByKey({ rows, document }: StoreSnapshot): ReadonlyMap<string, string> {
  return new Map(
    rows.map(({ row }) => {
      const entry = parseLeanRow(document, row);
      return [row.key, sessionFlags(entry ?? { sessionId: row.sessionId })];
    }),
  );
}

function labelTable(labels: readonly LabelCount[], width: number | undefined): readonly string[] {
  const columns = [{ header: "Label", least: 20, distinct: true }, { header: "Keep" }, { header: "Remove" }];
  const rows = labels.map(({ label, kept, removed }) => [label ?? "(none)", String(kept), String(removed)]);
  return renderTable({ columns, rows, width });
}
