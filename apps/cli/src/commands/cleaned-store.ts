import type { StoreSnapshot } from "@sessionsmith/core";
import type { CleanupReport } from "@sessionsmith/maintenance";

/** What cleanup did, or would do, to one store, and the store as it was before. */
export interface CleanedStore {
  readonly report: CleanupReport;
  readonly snapshot: StoreSnapshot;
}
