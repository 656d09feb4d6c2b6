import type { CleanupReport, RowCounts } from "@sessionsmith/maintenance";

/** What each count is called before and after it was done, in the order of the passes. */
const countNames: readonly {
  readonly count: keyof RowCounts;
  readonly would: string;
  readonly done: string;
}[] = [
  {
    count: "repaired",
    would: "Would mend fields of sessions that stay",
    done: "Mended fields of sessions that stay",
  },
  { count: "missing", would: "Would prune missing transcripts", done: "Pruned missing transcripts" },
  { count: "expired", would: "Would prune expired", done: "Pruned expired" },
  { count: "ghosts", would: "Would prune ghosts", done: "Pruned ghosts" },
  { count: "pruned", would: "Would prune stale", done: "Pruned stale" },
  { count: "modelRunPruned", would: "Would prune model probes", done: "Pruned model probes" },
  { count: "capped", would: "Would cap overflow", done: "Capped overflow" },
  { count: "staged", would: "Would keep as metadata only", done: "Kept as metadata only" },
];

/** One line for each reason why rows leave or change: that of stale rows always, the others if there are any. */
export function countLines(report: CleanupReport): readonly string[] {
  return countNames
    .filter(({ count }) => count === "pruned" || report[count] > 0)
    .map(({ count, would, done }) => `${report.applied === true ? done : would}: ${report[count]}`);
}
