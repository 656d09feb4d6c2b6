/**
 * Session stores for programs: read, update and save rows, and append to transcripts, safely beside other programs.
 *
 * @packageDocumentation
 */
export type { EngineHost } from "./engine/engine-host.ts";
export type { JsonObject, JsonValue } from "./json-value.ts";
export type { StoreEra } from "./layout/era.ts";
export { appendTranscriptLine } from "./store/append-line.ts";
export { archiveTranscript, deleteTranscript, type DeleteOptions } from "./store/archive-transcript.ts";
export { type CompactQuery, compactTranscript, type Compaction } from "./store/compact-transcript.ts";
export { requireUnchangedRows } from "./store/clashing-rows.ts";
export type { SessionsChange } from "./store/changed-rows.ts";
export { type CompactedFile, type CompactionSteps, compactionSteps } from "./store/compaction-steps.ts";
export type { SessionStoreCacheStats } from "./store/index-cache.ts";
export { indexSessions, type SessionsState, stateOfSessions } from "./store/index-sessions.ts";
export { jsonCopyOfObject } from "./store/json-copy.ts";
export type { LoadedSessions } from "./store/loaded-sessions.ts";
export {
  invalidateSessionStoreCache,
  loadSessionStore,
  openSessionStore,
  saveSessionStore,
  sessionStoreCacheStats,
  updateSessionStore,
  withSessionStoreLock,
} from "./store/open-session-store.ts";
export { readFirstUserMessage, readTranscriptPreview } from "./store/read-transcript.ts";
export type { ArchivedTranscript } from "./store/retire-transcript.ts";
export type {
  CheckpointDraft,
  CheckpointRestore,
  SessionChange,
  SessionRemoval,
  SessionRenewal,
  SessionStorage,
  StorageOutcome,
  StoredCheckpoint,
} from "./store/session-storage.ts";
export type { SessionStore } from "./store/session-store.ts";
export type { OpenStoreOptions, StoreOptions } from "./store/store-options.ts";
export type { StoredEntry, StoredValue } from "./store/stored-entry.ts";
export {
  copyStep,
  freeBackupName,
  transcriptSource,
  type TranscriptSource,
} from "./store/transcript-copy.ts";
export type {
  AppendLineOptions,
  AppendOptions,
  MakeLine,
  PreviewQuery,
  TranscriptAddress,
} from "./store/transcript-options.ts";
export type { StoredLine, TranscriptReader } from "./store/transcript-reader.ts";
export { isStoreError, StoreError, type StoreErrorCode } from "./store-error.ts";
export type { TranscriptMessage } from "./transcripts/message-record.ts";
