export { damagedAtMs, type DamagedCase, listDamagedCases, readDamagedCase } from "./damaged-case.ts";
export { fixturesDir } from "./fixtures-dir.ts";
export { hasSqlite } from "./has-sqlite.ts";
export { type MaterializedCase, materializeCase } from "./materialize-case.ts";
export {
  type CaseFile,
  type CaseRun,
  listStoreCases,
  readCaseText,
  readRecordedCleanup,
  readRecordedList,
  readStoreCase,
  type StoreCase,
  storeCaseDir,
} from "./store-case.ts";
export type { RecordedCleanup, RecordedList } from "./recorded-output.ts";
export { unlessSweeping } from "./sweep.ts";
export { makeTempDir, type TempDir } from "./temp-dir.ts";
export { type SketchedFile, type SketchedRow, type StateSketch, writeStateSketch } from "./state-sketch.ts";
export { type TranscriptShape, transcriptShapes } from "./transcript-shape.ts";
export { type FsCall, formatCalls } from "./memory-fs/fs-call.ts";
export {
  Crash,
  crashAt,
  failAt,
  type Fault,
  type FaultEffect,
  type FaultMode,
  shortWriteAt,
} from "./memory-fs/fault.ts";
export { fromState, type MemoryFs, memoryFs } from "./memory-fs/memory-fs.ts";
export type { MemoryFsState } from "./memory-fs/memory-fs-state.ts";
export { memoryHost } from "./memory-host.ts";
export { tree, type TreeEntry } from "./memory-fs/tree.ts";
export { type FileSpec, type TreeSpec, writeTree } from "./memory-fs/write-tree.ts";
export type { ContractCase, FsPlace } from "./contracts/contract-case.ts";
export { readFsContract } from "./contracts/read-fs-contract.ts";
export { writeFsContract } from "./contracts/write-fs-contract.ts";
export {
  type MakeStore,
  sessionStoreContract,
  type SessionStoreCase,
} from "./contracts/session-store-contract.ts";
export {
  type MakeStorage,
  sessionStorageContract,
  type SessionStorageCase,
} from "./contracts/session-storage-contract.ts";
