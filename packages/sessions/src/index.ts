export { deriveTitle, type TitleSource } from "./derive-title.ts";
export { findSessions, type FoundSession, type SearchedStore, type Sought } from "./find/find-sessions.ts";
export { type KeyRules, keyRulesOf } from "./find/key-rules.ts";
export { requireOneSession, sessionNotFound } from "./find/require-session.ts";
export { derivedTitle, type DerivedTitleSource } from "./derived-title.ts";
export { type AriaList, type AriaSession, toAriaList } from "./formats/aria-list.ts";
export { type BytesagainList, type BytesagainSession, toBytesagainList } from "./formats/bytesagain-list.ts";
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
