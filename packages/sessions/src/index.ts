export { deriveTitle, type TitleSource } from "./derive-title.ts";
export { findSessions, type FoundSession, type SearchedStore, type Sought } from "./find/find-sessions.ts";
export { type KeyRules, keyRulesOf } from "./find/key-rules.ts";
export { requireOneSession, sessionNotFound } from "./find/require-session.ts";
export { derivedTitle, type DerivedTitleSource } from "./derived-title.ts";
export { type AriaList, type AriaSession, toAriaList } from "./formats/aria-list.ts";
export {
  type BytesagainList,
  type BytesagainSession,
  bytesagainSession,
  toBytesagainList,
} from "./formats/bytesagain-list.ts";
export { type AriaStats, toAriaStats } from "./formats/aria-stats.ts";
export { type BytesagainStats, toBytesagainStats } from "./formats/bytesagain-stats.ts";
export { type ClearCopies, findClearCopies } from "./encryption/clear-copies.ts";
export { openCloddsEnvelope } from "./encryption/clodds-envelope.ts";
export type {
  EncryptionOrder,
  EncryptionOutcome,
  EncryptionResult,
  EncryptionSkip,
  EncryptionTask,
} from "./encryption/encryption-order.ts";
export { encryptionRecipes, type RecipeKeys } from "./encryption/encryption-recipes.ts";
export type { KeyParams, ScryptParams } from "./encryption/key-params.ts";
export { createKeyring, type Keyring, type KeyringOptions } from "./encryption/keyring.ts";
export {
  type DecodedLine,
  type EncodedLine,
  type LineCodec,
  type LineEnd,
  plainLines,
} from "./encryption/line-codec.ts";
export { planEncryption, type PlannedEncryption } from "./encryption/plan-encryption.ts";
export type { RandomBytes } from "./encryption/random-bytes.ts";
export { transcriptOpener } from "./protect/transcript-opener.ts";
export { protectStorage, type ProtectionOptions } from "./protect/protect-storage.ts";
export { extensionsWithSeal, readRowSeal } from "./encryption/row-seal.ts";
export {
  type CodecRandom,
  type CodecSession,
  newSessionCodec,
  openSessionCodec,
} from "./encryption/session-codec.ts";
export {
  type OpenClawPythonDefaults,
  type OpenClawPythonList,
  type OpenClawPythonSession,
  toOpenClawPythonList,
} from "./formats/openclaw-python-list.ts";
export {
  type AskedSession,
  type PreviewQuery,
  previewSessions,
  type SessionPreview,
} from "./preview/preview-sessions.ts";
export { type Freshness, freshness, type NextReset, type SessionClock } from "./freshness/freshness.ts";
export {
  formatTimeOfDay,
  parseIdleMinutes,
  parseTimeOfDay,
  type ResetPolicy,
  systemTimeZone,
} from "./freshness/reset-policy.ts";
export { sessionClock } from "./freshness/session-clock.ts";
export { storedResetPolicy } from "./freshness/stored-reset-policy.ts";
export { formatZonedTime, requireTimeZone } from "./freshness/zoned-time.ts";
export { guardFormula } from "./guard-formula.ts";
export { type ListCsvColumn, listCsvColumns } from "./list-csv-columns.ts";
export type { ListQuery } from "./list-query.ts";
export { type ListedStore, type ListResult, toListResult } from "./list-result.ts";
export { listSessions } from "./list-sessions.ts";
export { type ListedSession, listedSession } from "./listed-session.ts";
export { readStores, type StoreReading } from "./read-stores.ts";
export { type ListScope, selectSessions } from "./select-sessions.ts";
export type { SelectedSession, SelectedStore, SessionSelection } from "./session-selection.ts";
export {
  type ShownLease,
  type ShownSession,
  type ShownTranscript,
  showSession,
} from "./show/show-session.ts";
export type { DirectoryBytes } from "./stats/directory-bytes.ts";
export { countSessions, type LeaseStats, type SessionStats, type StatsQuery } from "./stats/session-stats.ts";
export { type StatsResult, toStatsResult } from "./stats/stats-result.ts";
export type { EndedSession } from "./history/ended-sessions.ts";
export { endedSessions } from "./history/ended-sessions.ts";
export { historyCsvColumns } from "./history/history-csv-columns.ts";
export type { HistoryQuery } from "./history/history-query.ts";
export { type HistoryResult, toHistoryResult } from "./history/history-result.ts";
export { readHistory, type SessionHistory } from "./history/read-history.ts";
export {
  type ExportFormat,
  exportFormatFacts,
  exportFormats,
  exportRenderer,
} from "./export/export-formats.ts";
export type { ExportedSession, ExportedTranscript } from "./export/exported-session.ts";
export { isSecretName, redactJson, redactText } from "./export/redact.ts";
export { type ExportQuery, type ExportSelection, selectExported } from "./export/select-exported.ts";
export type { ExportAbout, SessionRenderer } from "./export/session-renderer.ts";
export { exportPieces, type ExportWork } from "./export/write-export.ts";
export { type LeasedRow, type LeaseView, leaseView } from "./lease/lease-view.ts";
export {
  type BundleFile,
  type BundleSource,
  trajectoryBundle,
  type TrajectoryBundle,
} from "./trajectory/trajectory-bundle.ts";
export { transcriptFinder } from "./export/exported-session.ts";
