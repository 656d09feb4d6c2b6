import { requireUsableSettings, scanProtectedStore, type StoreSnapshot } from "@sessionsmith/core";
import { emptySnapshot } from "./empty-snapshot.ts";
import type { StoreScope } from "./store-scope.ts";

/**
 * Looks at a store that is about to be changed, with all that protects its files.
 * @param nowMs epoch ms that the times of rows are judged by
 * @throws StoreError E_CONFIG if the settings were not fully understood: what is protected depends on them; E_SQLITE_ERA,
 * E_NOT_FOUND, E_CORRUPT_INDEX, E_IO
 */
export function scanForChange(
  { host, target, settings, stateDir }: StoreScope,
  nowMs: number,
): StoreSnapshot {
  requireUsableSettings(settings);
  return scanProtectedStore(host, target, { settings, stateDir, nowMs });
}

/**
 * The same for an order that makes a store which is not there: then it is an empty one, and a plan for it has to be applied with
 * `create`.
 * @throws StoreError as {@link scanForChange}, but for E_NOT_FOUND; E_CORRUPT_INDEX for a missing index beside transcripts
 */
export function scanOrCreate(scope: StoreScope, nowMs: number): StoreSnapshot {
  return emptySnapshot(scope.host, scope.target) ?? scanForChange(scope, nowMs);
}
