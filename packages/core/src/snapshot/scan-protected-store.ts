import type { Host } from "../disk/host.ts";
import { requireJsonEra } from "../layout/require-json-era.ts";
import { type StateScope, stateIndexPaths } from "../layout/state-index-paths.ts";
import type { StoreTarget } from "../layout/store-target.ts";
import { addPromptBlobs } from "./prompt-blobs.ts";
import { protectSharedFiles } from "./protect-shared-files.ts";
import { scanStore, type ScanStoreOptions } from "./scan-store.ts";
import type { StoreSnapshot } from "./store-snapshot.ts";

/**
 * Scans a store that may be changed: with the prompts of skills, and with all files protected that rows of the other indexes of
 * the state directory need. What staying transcripts were forked from is protected by `planUntilStable`.
 * @throws StoreError E_SQLITE_ERA, and as `scanStore` does
 */
export function scanProtectedStore(
  host: Host,
  target: StoreTarget,
  { nowMs, ...scope }: ScanStoreOptions & StateScope,
): StoreSnapshot {
  requireJsonEra(host, target);
  const snapshot = addPromptBlobs(host.fs, scanStore(host, target, { nowMs }));
  return protectSharedFiles(host.fs, snapshot, stateIndexPaths(host, scope));
}
