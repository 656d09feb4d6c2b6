import type { CleanupReport, RowCounts } from "@sessionsmith/maintenance";

/** What each count is called before and after it was done, in the order of the passes. */
const countNames: readonly {
  readonly count: keyof RowCounts;
  readonly would: string;
  readonly done: string;
}[] = [
  { count: "pruned", would: "Would prune stale", done: "Pruned stale" },
  { count: "capped", would: "Would cap overflow", done: "Capped overflow" },
];

/** One line for each reason why rows leave or change: that of stale rows always, the others if there are any. */
export function countLines(report: CleanupReport): readonly string[] {
  return countNames
    .filter(({ count }) => count === "pruned" || report[count] > 0)
    .map(({ count, would, done }) => `${report.applied === true ? done : would}: ${report[count]}`);
}
