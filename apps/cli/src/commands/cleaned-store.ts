import type { Finding, StoreSnapshot } from "@sessionsmith/core";
import type { CleanupReport } from "@sessionsmith/maintenance";

/** What cleanup did, or would do, to one store, and the store as it was before. */
export interface CleanedStore {
  readonly report: CleanupReport;
  readonly snapshot: StoreSnapshot;
  /** What was noticed in the store and in planning. */
  readonly findings: readonly Finding[];
}
