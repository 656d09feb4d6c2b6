export { formatBytes, parseBytes } from "./bytes.ts";
export { fromOpenClawPython, toOpenClawPython } from "./dialects/openclaw-python.ts";
export {
  type LegacyMessage,
  type LegacyToolCall,
  readBareText,
  readLegacyMessage,
} from "./dialects/legacy-message.ts";
export type { LegacyItem, LegacyMessageItem, LegacyTrouble } from "./dialects/legacy-item.ts";
export { isNaiveZone, type NaiveZone, parseLegacyTime } from "./dialects/legacy-time.ts";
export { provenanceType, renderTranscript, type TranscriptFrame } from "./dialects/render-transcript.ts";
export {
  legacyRolePrefix,
  toTranscriptMessage,
  type TranscriptBody,
  unplacedFields,
} from "./dialects/to-transcript-message.ts";
export type { Clock, Host, IdSource } from "./disk/host.ts";
export { nodeHost } from "./disk/node-host.ts";
export type { ProcessTable } from "./disk/process-table.ts";
export { lookAtBytes, readHead, readRange, readWholeFile, type WholeFile } from "./disk/read-bytes.ts";
export { heldFile } from "./disk/held-file.ts";
export { type HeldFile, HeldFiles } from "./disk/held-files.ts";
export { sha256OfFile } from "./disk/sha256-of-file.ts";
export type { FileFact, FileKind, ReadableFile, ReadFs } from "./disk/read-fs.ts";
export type { WritableFile, WriteFs } from "./disk/write-fs.ts";
export { formatAge, formatDuration, parseDuration, parseMoment } from "./duration.ts";
export { errnoOf } from "./errno.ts";
export { findingCatalogue, type FindingId } from "./findings/finding-catalogue.ts";
export type { FindingMeaning, FindingSeverity } from "./findings/finding-meaning.ts";
export { finding, type Finding, type FindingPlace } from "./findings/finding.ts";
export { isJsonObject, type JsonObject, type JsonValue } from "./json-value.ts";
export { hasFormOfUuidOf, uuidOf } from "./model/uuid-of.ts";
export { repeatedTexts } from "./repeated-texts.ts";
export { LongList, longList } from "./disk/long-list.ts";
export { counted, isSequence, joined, merged, type Sequence, viewOf } from "./sequence.ts";
export { isAgentId, normalizeAgentId } from "./keys/agent-id.ts";
export { buildSessionKey, type DirectParts, type SessionKeyParts } from "./keys/build-session-key.ts";
export { canonicalizeSessionKey, type CanonicalKeyOptions } from "./keys/canonicalize-session-key.ts";
export { coarseListKind, type CoarseListKind } from "./keys/coarse-list-kind.ts";
export { commonSessionOf } from "./keys/common-session.ts";
export { isDirectMessageKey, isOpenClawDirectKey } from "./keys/direct-message-key.ts";
export { type DmScope, dmScopes } from "./keys/dm-scope.ts";
export { findIdentityLink, findLinkNamed, type IdentityLink, type Peer } from "./keys/identity-links.ts";
export { foldSessionKey } from "./keys/fold-key-case.ts";
export {
  hasThreadId,
  isExternalConversationKey,
  isGroupOrChannelKey,
  isSyntheticKey,
  isTelegramTopicKey,
} from "./keys/key-protection.ts";
export { keyGlob } from "./keys/key-glob.ts";
export { parseSessionKey } from "./keys/parse-session-key.ts";
export { isModelRunKey } from "./keys/model-run-key.ts";
export { isOfKind, type RowKind } from "./keys/row-kind.ts";
export { sessionChannel } from "./keys/session-channel.ts";
export type { SessionKey } from "./keys/session-key.ts";
export { classifySessionKey, kindOfKey, type SessionKind, sessionKinds } from "./keys/session-kind.ts";
export { agentStoreTarget } from "./layout/agent-store-target.ts";
export { archiveName, formatArchiveStamp, parseArchiveStamp } from "./layout/archive-stamp.ts";
export { classifyFileName } from "./layout/classify-file-name.ts";
export { resolveConfigPath } from "./layout/config-path.ts";
export { resolveSessionFile } from "./layout/contained-path.ts";
export type { StoreEra } from "./layout/era.ts";
export type { FileClass } from "./layout/file-name.ts";
export { lookOrFail } from "./layout/disk-error.ts";
export type { MaintenanceSettings } from "./layout/maintenance-settings.ts";
export type { BindingDmScope } from "./layout/read-bindings.ts";
export { dirsAbove } from "./layout/dirs-above.ts";
export { promptBlobPath } from "./layout/prompt-blob-path.ts";
export { readEra } from "./layout/read-era.ts";
export { readSettings } from "./layout/read-settings.ts";
export { requireJsonEra } from "./layout/require-json-era.ts";
export { type EffectiveSetting, effectiveSettings, type SettingSource } from "./layout/effective-settings.ts";
export { checkOwnSetting, isOwnSetting } from "./layout/own-setting.ts";
export { ownSettingsPath } from "./layout/read-own-settings.ts";
export { parseSettings } from "./layout/settings-file.ts";
export { setJson5Member } from "./layout/set-json5-member.ts";
export { leaseTable, parseTtl } from "./layout/lease-table.ts";
export { requireUsableSettings } from "./layout/require-usable-settings.ts";
export { resolveStoreTargets } from "./layout/resolve-store-targets.ts";
export type { RetentionRule, RuleMatch } from "./layout/retention-rule.ts";
export { rulesTable } from "./layout/rules-table.ts";
export type { AgentSettings, SessionSettings } from "./layout/session-settings.ts";
export { type SettingSpec, settingsTable } from "./layout/settings-table.ts";
export { resolveStateDir } from "./layout/state-dir.ts";
export { type StateScope, stateIndexPaths } from "./layout/state-index-paths.ts";
export type { StoreSelection } from "./layout/store-selection.ts";
export type { StoreTarget } from "./layout/store-target.ts";
export {
  chatTypeOf,
  entryLabel,
  readEntryFlag,
  readEntryNumber,
  readEntryObject,
  readEntryText,
} from "./model/entry-view.ts";
export {
  isManagedEntry,
  type Lease,
  leaseExtensions,
  type LeaseStatus,
  leaseStatus,
  readLease,
} from "./model/lease.ts";
export { referencedKeys, renamedReferences } from "./model/key-references.ts";
export { type MergeOptions, mergeSessionEntry } from "./model/merge-session-entry.ts";
export { isOpenClawPythonRow } from "./model/openclaw-python-fields.ts";
export { parseRowTime } from "./model/parse-row-time.ts";
export type { RowTime } from "./model/row-time.ts";
export { classifySessionId, type SessionIdClass } from "./model/session-id.ts";
export { checkPlanBalance } from "./plan/check-plan-balance.ts";
export { comparePlan, type PlanDrift } from "./plan/compare-plan.ts";
export { confirmGuards, filesHeldBack } from "./plan/confirm-guards.ts";
export type {
  ContentSource,
  DeriveSource,
  InlineSource,
  SourceFile,
  SpliceSource,
} from "./plan/content-source.ts";
export { countDecisions, type DecisionCounts } from "./plan/count-decisions.ts";
export type {
  FileAction,
  FileDecision,
  FileDestination,
  FilePass,
  RemovalAction,
  RowAction,
  RowChange,
  RowDecision,
} from "./plan/decision.ts";
export { formatPlan } from "./plan/format-plan.ts";
export { parsePlan } from "./plan/parse-plan.ts";
export { planDigest, type PlanDraft, sealPlan } from "./plan/plan-digest.ts";
export {
  type Guard,
  noInode,
  type Plan,
  type PlanPart,
  planSchemaVersion,
  type PlanStore,
} from "./plan/plan.ts";
export { fileIdentity } from "./plan/file-identity.ts";
export { indexChangeOf } from "./plan/index-change-of.ts";
export { leavingNames, planUntilStable, type StablePlan } from "./plan/plan-until-stable.ts";
export { planStoreOf } from "./plan/plan-store-of.ts";
export { rebasePlan } from "./plan/rebase-plan.ts";
export type { Recipe, Recipes } from "./plan/recipe.ts";
export { renamesOf } from "./plan/renames-of.ts";
export { requireSameIndex } from "./plan/require-same-index.ts";
export { rowSha256 } from "./plan/row-sha256.ts";
export type * from "./plan/step.ts";
export { corruptIndexError } from "./session-index/corrupt-index-error.ts";
export { appendMembersEdit } from "./session-index/append-members-edit.ts";
export { composeEdits } from "./session-index/compose-edits.ts";
export { dropMembersEdits } from "./session-index/drop-members-edits.ts";
export { type FieldChanges, type IndexChange, indexEdits } from "./session-index/index-edits.ts";
export { findRow, lastRowsByKey } from "./session-index/find-row.ts";
export type {
  ByteRange,
  IndexDocument,
  IndexFailure,
  IndexFailureReason,
  IndexRow,
  IndexScan,
} from "./session-index/index-document.ts";
export type { IndexFingerprint } from "./session-index/index-fingerprint.ts";
export { insertRowsEdits } from "./session-index/insert-rows-edits.ts";
export type { NewRow } from "./session-index/index-edits.ts";
export { mendUtf8, type MendedText } from "./session-index/mend-utf8.ts";
export { type FieldMeasure, measureFields } from "./session-index/measure-fields.ts";
export { type ExactJson, parseExactJson } from "./session-index/parse-exact-json.ts";
export { parseLeanRow, parseRow } from "./session-index/parse-row.ts";
export { type IndexRead, readIndex } from "./session-index/read-index.ts";
export { type DamagedRow, type IndexSalvage, salvageIndex } from "./session-index/salvage-index.ts";
export { removeRowsEdits } from "./session-index/remove-rows-edits.ts";
export { type DocumentScan, scanDocument } from "./session-index/scan-document.ts";
export { scanIndex } from "./session-index/scan-index.ts";
export { selectNewest } from "./session-index/select-newest.ts";
export type { SpliceEdit } from "./session-index/splice-edit.ts";
export { spliceIndex } from "./session-index/splice-index.ts";
export { readStoreIndex } from "./snapshot/read-store-index.ts";
export { type IndexBackup, readIndexBackups } from "./snapshot/index-backups.ts";
export { readMessagePresences } from "./snapshot/read-message-presences.ts";
export { keysNamedElsewhere } from "./snapshot/keys-named-elsewhere.ts";
export { addPromptBlobs } from "./snapshot/prompt-blobs.ts";
export { protectForkParents } from "./snapshot/protect-fork-parents.ts";
export { protectSharedFiles } from "./snapshot/protect-shared-files.ts";
export type { ReferenceGraph } from "./snapshot/reference-graph.ts";
export type { RowFacts, TranscriptResolution } from "./snapshot/row-facts.ts";
export { scanProtectedStore } from "./snapshot/scan-protected-store.ts";
export { scanStore, type ScanStoreOptions } from "./snapshot/scan-store.ts";
export { type LockReading, readTranscriptLock } from "./snapshot/scan-transcript-locks.ts";
export { readSessionsDirectory } from "./snapshot/sessions-directory.ts";
export type { StoreFile } from "./snapshot/store-file.ts";
export { noStore, openStorePlace, type StorePlace } from "./snapshot/store-place.ts";
export type { StoreSnapshot } from "./snapshot/store-snapshot.ts";
export { type StoreSurvey, surveyStore } from "./snapshot/survey-store.ts";
export { transcriptCandidates } from "./snapshot/transcript-candidates.ts";
export {
  isStoreError,
  StoreError,
  type StoreErrorCode,
  storeErrorMeanings,
  type StoreErrorOptions,
} from "./store-error.ts";
export { cutCodePoints } from "./transcripts/cut-code-points.ts";
export {
  encryptedRole,
  encryptedText,
  type EnvelopeKind,
  envelopeKind,
  envelopeType,
} from "./transcripts/envelope.ts";
export { parseHeader, type TranscriptHeader } from "./transcripts/header.ts";
export { type LastActivity, readLastActivity } from "./transcripts/read-last-activity.ts";
export {
  isConversationRecord,
  isMessageRecord,
  parseMessage,
  type TranscriptMessage,
} from "./transcripts/message-record.ts";
export { parseRecord, type RecordParse, type RecordProblem } from "./transcripts/parse-record.ts";
export { type MessagePresence, readMessagePresence } from "./transcripts/message-presence.ts";
export { type OrphanClues, readOrphanClues, readOrphanCluesStrictly } from "./transcripts/orphan-clues.ts";
export type { TranscriptOrigin } from "./transcripts/read-origin.ts";
export type { HeaderClues } from "./transcripts/made-header.ts";
export { readHeader, readHeaderText } from "./transcripts/read-header.ts";
export { readTranscriptHealth, type TranscriptHealth } from "./transcripts/transcript-health.ts";
export { convertBareTranscript } from "./transcripts/bare-transcript.ts";
export { type BareTranscript, readBareTranscript } from "./transcripts/read-bare-transcript.ts";
export { readJsonLines } from "./transcripts/read-json-lines.ts";
export { readTranscriptMend, type MendableTranscript } from "./transcripts/read-transcript-mend.ts";
export type { TranscriptTrouble } from "./transcripts/trouble-list.ts";
export { scanLines, type ScanLinesOptions, type TranscriptLine } from "./transcripts/scan-lines.ts";
export {
  type OpenRecord,
  readFirstUserMessage,
  readLastMessages,
  type TranscriptOpener,
} from "./transcripts/read-messages.ts";
