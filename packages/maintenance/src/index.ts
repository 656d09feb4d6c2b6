export type { CheckInput, StoreCheck } from "./check/check-input.ts";
export { checkStore } from "./check/check-store.ts";
export { readTranscriptFacts, type TranscriptFacts, type TranscriptLook } from "./check/transcript-facts.ts";
export {
  type FieldSize,
  type FileClassSize,
  type StorePicture,
  storePicture,
} from "./check/store-picture.ts";
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
export { isRunning } from "./is-running.ts";
export { orphanCandidates } from "./orphan-candidates.ts";
export { type CheckFacts, readCheckFacts } from "./check/check-facts.ts";
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
export { repairRecipes } from "./repair/dialect/bare-transcript-recipe.ts";
export type { AgentRename } from "./repair/keys/wanted-key.ts";
export type { PathRebase } from "./repair/paths/rebase-path.ts";
export { type PlannedRepair, planRepair } from "./repair/plan-repair.ts";
export { type Mend, type RepairDomain, repairDomains, type Unmended } from "./repair/repair-domain.ts";
export type { RepairRequest } from "./repair/repair-request.ts";
export type { RepairStore } from "./repair/repair-store.ts";
