export {
  cleanupPresets,
  type CleanupFlags,
  type CleanupOrders,
  type CleanupPolicy,
  type CleanupPreset,
  resolveCleanupPolicy,
} from "./cleanup-policy.ts";
export { budgetLimits } from "./disk-budget.ts";
export { type DiskBudgetReport, diskBudgetReport } from "./disk-budget-report.ts";
export { endedRecord } from "./ended-record.ts";
export { fileMoves } from "./file-moves.ts";
export { orphanCandidates } from "./orphan-candidates.ts";
export { type CleanupInput, planCleanup } from "./plan-cleanup.ts";
export { type CleanupStore, noFacts, type StoreFacts, type TrashFacts } from "./store-facts.ts";
export {
  type CleanupDecision,
  type CleanupError,
  type CleanupOutcome,
  type CleanupReport,
  type CleanupReportInput,
  cleanupReport,
  thresholdsOf,
  type RowCounts,
} from "./cleanup-report.ts";
export type { LabelCount } from "./count-labels.ts";
export { type Departure, retireFilesOf } from "./retire-files.ts";
export type { RescopedRow } from "./rescope/list-rescoped.ts";
export { rescopeFindings } from "./rescope/rescope-findings.ts";
