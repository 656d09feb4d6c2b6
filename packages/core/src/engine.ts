export { nodePortProbe } from "./disk/node-port-probe.ts";
export { nodeWriteFs } from "./disk/node-write-fs.ts";
export type { PortProbe } from "./disk/port-probe.ts";
export type { OperationProgress } from "./engine/run-operation.ts";
export { applyPlan, type ApplyOptions, type ApplyOutcome } from "./engine/apply-plan.ts";
export { closeJournals } from "./engine/close-journals.ts";
export { commitIndex, type IndexCommit } from "./engine/commit-index.ts";
export type { Recipe, Recipes } from "./plan/recipe.ts";
export type { EngineHost } from "./engine/engine-host.ts";
export { findGateway, type GatewayPlace, type RunningGateway } from "./engine/find-gateway.ts";
export { fileLocks, type LockHost } from "./engine/file-locks.ts";
export { type LedgerRecord, readLedger } from "./engine/ledger.ts";
export { listOperations, type OperationSummary } from "./engine/list-operations.ts";
export { listTrash, type TrashedFile } from "./engine/list-trash.ts";
export { packOperations, type PackedOperation, type PackSelection } from "./engine/pack-operations.ts";
export { movedFiles } from "./engine/moved-files.ts";
export { nodeEngineHost } from "./engine/node-engine-host.ts";
export { planRollback } from "./engine/plan-rollback.ts";
export { planRestoreOf, planUndoOf, type PlannedUndo, type UndoOrder } from "./engine/plan-undo-of.ts";
export {
  planPurge,
  type PurgedOperation,
  purgeOperations,
  type PurgeSelection,
} from "./engine/purge-operations.ts";
export { readStoreLedger } from "./engine/read-store-ledger.ts";
export { type PendingOperation, pendingOperations } from "./engine/pending-operations.ts";
export { type RecoveredOperation, type RecoverOptions, recoverStore } from "./engine/recover.ts";
export type { HeldLock, StoreLocks } from "./engine/store-lock.ts";
export { trashName } from "./engine/trash-name.ts";
export { returnedKeys } from "./engine/returned-keys.ts";
export { type OutputDir, writeOutputDir } from "./engine/write-output-dir.ts";
export { publishFile } from "./engine/publish-file.ts";
export { type OutputFile, requireOutputPath, writeOutputFile } from "./engine/write-output-file.ts";
export type { UndoConflict } from "./plan/undo-input.ts";
