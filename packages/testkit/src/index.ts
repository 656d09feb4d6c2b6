export { fixturesDir } from "./fixtures-dir.ts";
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
export { makeTempDir, type TempDir } from "./temp-dir.ts";
