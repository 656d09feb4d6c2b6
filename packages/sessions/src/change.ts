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
export { composePlan } from "./change/compose-plan.ts";
export { scanForChange, scanOrCreate } from "./change/scan-for-change.ts";
export type { AddedRow, RowTurn, SessionsChange } from "./change/sessions-change.ts";
export type { StoreScope } from "./change/store-scope.ts";
export type { HistorySink, SinkState } from "./history/history-sink.ts";
export { type HistoryOutcome, recordHistory } from "./history/record-history.ts";
