import {
  finding,
  type Finding,
  isStoreError,
  openStorePlace,
  type ReadFs,
  type StoreErrorCode,
  type StoreTarget,
} from "@sessionsmith/core";
import { readManagerSettings } from "../storage/settings-file.ts";
import { settingsOf, settingsOfStore } from "../manager/manager-settings.ts";
import type { ResetPolicy } from "./reset-policy.ts";

/** When the sessions of a store give way to new ones, as far as the store remembers it. */
export interface StoredResetPolicy {
  /** Undefined: never, or nobody knows. */
  readonly policy: ResetPolicy | undefined;
  /** Why nobody knows. */
  readonly trouble: Finding | undefined;
}

/** What is wrong with the settings alone: lists are shown without them. */
const unreadableCodes: ReadonlySet<StoreErrorCode> = new Set(["E_CONFIG", "E_USAGE", "E_IO"]);

/**
 * Reads the reset settings that a session manager keeps in a store.
 * @throws StoreError E_NOT_FOUND, E_IO if the sessions directory can't be looked at
 */
export function storedResetPolicy(fs: ReadFs, target: StoreTarget): StoredResetPolicy {
  const { realDir } = openStorePlace(fs, target);
  try {
    const stored = readManagerSettings(fs, realDir);
    // Most stores have none, and to ask for the time zone of the system takes longer than all else here.
    if (Object.keys(stored).length === 0) return { policy: undefined, trouble: undefined };
    const policy = settingsOfStore(settingsOf({}), stored);
    const isSet = policy.daily !== undefined || policy.idleMinutes !== undefined;
    return { policy: isSet ? policy : undefined, trouble: undefined };
  } catch (error) {
    if (!isStoreError(error) || !unreadableCodes.has(error.code)) throw error;
    // Whether anything was changed is for the command to say.
    const problem = error.message.replace(" Nothing was changed.", "");
    const trouble = finding("manager-settings-unreadable", { path: target.indexPath }, { problem });
    return { policy: undefined, trouble };
  }
}
