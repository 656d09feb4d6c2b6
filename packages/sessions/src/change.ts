/**
 * Changing single sessions: what is planned here is carried out by the engine as one operation that can be undone.
 *
 * @packageDocumentation
 */
export {
  type AppliedChange,
  applyChange,
  type ChangeOptions,
  type SettledChange,
} from "./change/apply-change.ts";
export { cleanupStore } from "./cleanup/cleanup-store.ts";
export { planStoreCleanup, type StoreCleanup } from "./cleanup/plan-store-cleanup.ts";
export { purgeForBudget } from "./cleanup/purge-for-budget.ts";
export { trashRetentionMs } from "./cleanup/trash-retention.ts";
export type { Answered, ChangeFrame, EndingFrame } from "./change/change-frame.ts";
export { composePlan } from "./change/compose-plan.ts";
export { scanForChange, scanOrCreate } from "./change/scan-for-change.ts";
export type { AddedRow, RowTurn, SessionsChange } from "./change/sessions-change.ts";
export type { StoreScope } from "./change/store-scope.ts";
export { type CompactAnswer, type CompactOrder, compactSession } from "./compact/compact-session.ts";
export { type CreateAnswer, type CreateOrder, createSession } from "./create/create-session.ts";
export { type DeleteAnswer, type DeleteOrder, deleteSessions } from "./delete/delete-sessions.ts";
export type { HistorySink, SinkState } from "./history/history-sink.ts";
export { type HistoryOutcome, recordHistory } from "./history/record-history.ts";
export { createLeasedSession, type LeasedAnswer, type LeasedOrder } from "./lease/create-leased-session.ts";
export { changeLease, type LeaseAnswer, type LeaseOrder, newLease } from "./lease/change-lease.ts";
export { patchFromWords } from "./patch/patch-from-words.ts";
export { type PatchAnswer, type PatchOrder, patchSession } from "./patch/patch-session.ts";
export { type ResetAnswer, type ResetOrder, resetSession } from "./reset/reset-session.ts";
export {
  type TrajectoryOrder,
  writeTrajectory,
  type WrittenTrajectory,
} from "./trajectory/write-trajectory.ts";
export { changeSetting, type SettingAnswer, type SettingOrder } from "./settings/change-setting.ts";
export {
  type ImportAnswer,
  type ImportedRow,
  type ImportOrder,
  importSessions,
} from "./import/import-sessions.ts";
export type { ImportedSession, ImportTrouble, ReadExport } from "./import/imported-session.ts";
export { notImportable } from "./import/not-importable.ts";
export { openExport } from "./import/open-export.ts";
