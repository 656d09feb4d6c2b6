import { formatAge, parseRow } from "@sessionsmith/core";
import type { Guard, StoreSnapshot } from "@sessionsmith/core";
import type { CleanupDecision, CleanupReport, LabelCount } from "@sessionsmith/maintenance";
import type { OutputView } from "../output-view.ts";
import { createPaint } from "../render/paint.ts";
import type { Paint } from "../render/paint.ts";
import { safeLines, safeText } from "../render/safe-text.ts";
import { sessionFlags } from "../render/session-flags.ts";
import { renderTable } from "../render/table.ts";
import type { TableColumn } from "../render/table.ts";
import type { StoreOutcome } from "./report-stores.ts";

/** How a preview is shown as text. */
export interface CleanupTextView {
  readonly view: OutputView;
  /** True if several stores were asked for: each then begins with its agent. */
  readonly several: boolean;
  /** Columns of the terminal; undefined without one. */
  readonly width: number | undefined;
}

/** The preview of each store as text, an empty line between stores: counts, the table of actions, a summary by label. */
export function cleanupText(outcomes: readonly StoreOutcome[], show: CleanupTextView): string {
  const blocks = outcomes.map((outcome) => {
    const lines = outcome.ok ? reportLines(outcome.report, outcome.snapshot, show) : failureLines(outcome);
    const agentId = outcome.ok ? outcome.report.agentId : outcome.target.agentId;
    return [...(show.several ? [`Agent: ${safeText(agentId)}`] : []), ...lines, ""].join("\n");
  });
  return blocks.join("\n");
}

function failureLines({ target, error }: Extract<StoreOutcome, { ok: false }>): readonly string[] {
  return [
    `Session store: ${safeText(target.indexPath)}`,
    `Not judged (${error.code}): ${safeLines(error.message)}`,
  ];
}

function reportLines(
  report: CleanupReport,
  snapshot: StoreSnapshot | undefined,
  { view, width }: CleanupTextView,
): readonly string[] {
  const { beforeCount, afterCount } = report;
  const lines = [
    `Session store: ${safeText(report.storePath)}`,
    `Maintenance mode: ${report.mode}`,
    `Rules: ${report.preset}`,
    `Entries: ${beforeCount} -> ${afterCount} (remove ${beforeCount - afterCount})`,
    `Would prune stale: ${report.pruned}`,
    ...verdictLines(report),
  ];
  if (snapshot === undefined || beforeCount === 0) return lines;
  const { decisions = [], labels = [] } = report;
  const actions = actionTable(decisions, snapshot, { view, width });
  return [
    ...lines,
    "",
    "Planned session actions:",
    ...actions,
    "",
    "By label:",
    ...labelTable(labels, width),
  ];
}

const guardSentences: Readonly<Record<Guard, string>> = {
  mass: "Held back: more than half of the conversations would go, or the clock is odd, so this needs a confirmation.",
  orphans:
    "Held back: the index explains too few of the transcripts beside it, so files need a confirmation.",
};

/** Whether it would be done, and if not, why. */
function verdictLines({ mode, wouldMutate, blockedBy }: CleanupReport): readonly string[] {
  if (!wouldMutate) return ["Nothing needs to change."];
  if (blockedBy.length > 0) return blockedBy.map((guard) => guardSentences[guard]);
  return mode === "warn" ? ["In mode warn this is only reported; mode enforce would do it."] : [];
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
    { header: "Model", least: 12 },
    { header: "Flags", least: 12, paint: (shown) => paint.dim(shown) },
    ...(withReasons ? [{ header: "Reasons" }] : []),
  ];
}

function flagsByKey({ rows, document }: StoreSnapshot): ReadonlyMap<string, string> {
  return new Map(
    rows.map(({ row }) => {
      const entry = parseRow(document, row);
      return [row.key, sessionFlags(entry ?? { sessionId: row.sessionId })];
    }),
  );
}

function labelTable(labels: readonly LabelCount[], width: number | undefined): readonly string[] {
  const columns = [{ header: "Label", least: 20, distinct: true }, { header: "Keep" }, { header: "Remove" }];
  const rows = labels.map(({ label, kept, removed }) => [label ?? "(none)", String(kept), String(removed)]);
  return renderTable({ columns, rows, width });
}
