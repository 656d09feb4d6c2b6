import { counted } from "../render/counted.ts";
import type { CleanupReport, RowCounts } from "@sessionsmith/maintenance";
import type { StoreResult } from "../for-each-store.ts";
import { safeText } from "../render/safe-text.ts";
import type { CleanedStore } from "./cleaned-store.ts";

/** The words for each reason to leave, in the order of the passes. */
const reasons: readonly (readonly [keyof RowCounts, string])[] = [
  ["missing", "without transcript"],
  ["dmScopeRetired", "of an earlier DM scope"],
  ["expired", "expired"],
  ["ghosts", "without messages"],
  ["pruned", "stale"],
  ["modelRunPruned", "model probes"],
  ["capped", "over the cap"],
  ["evicted", "over the disk budget"],
];

/** What a scheduled run prints: one line for each store that changed, nothing for the others. */
export function cleanupLines(results: readonly StoreResult<CleanedStore>[]): string {
  const reports = results.flatMap((result) => (result.state === "done" ? [result.value.report] : []));
  return reports.flatMap((report) => (report.operationId ? [`${lineOf(report)}\n`] : [])).join("");
}

function lineOf(report: CleanupReport): string {
  const { agentId, beforeCount, afterCount, archives, diskBudget, operationId } = report;
  const { unreferencedArtifacts } = report;
  const counts = reasons.flatMap(([count, words]) =>
    report[count] === 0 ? [] : [`${report[count]} ${words}`],
  );
  const files = archives.purgedFiles + unreferencedArtifacts.archivedFiles + (diskBudget?.removedFiles ?? 0);
  const why = counts.length === 0 ? "" : ` (${counts.join(", ")})`;
  const unneeded = files === 0 ? "" : `, ${counted(files, "unneeded file")} to the trash`;
  return `${safeText(agentId)}: ${beforeCount} -> ${afterCount} sessions${why}${unneeded}; operation ${operationId}`;
}
