import type { CleanupFlags } from "@sessionsmith/maintenance";
import { readDurationMs, readMomentMs } from "../choose-stores.ts";
import {
  beforeOption,
  cleanupKindOption,
  expiredOption,
  fixDmScopeOption,
  fixMissingOption,
  ghostsOption,
  olderThanOption,
  rescopeOption,
} from "../options/cleanup-options.ts";
import type { GivenOptions } from "../options/given-options.ts";
import { UsageError } from "../usage-error.ts";

/** What the operator ordered by hand, which is done in mode warn too. */
export interface HandOrders {
  readonly flags: CleanupFlags;
  /** True if there is any order. */
  readonly byHand: boolean;
}

/**
 * Reads the orders of a cleanup that name what they take.
 * @throws UsageError for an option that goes with an order which is not given
 */
export function handOrders(options: GivenOptions): HandOrders {
  const olderThanMs = readDurationMs(options, olderThanOption);
  const fixMissing = options.flag(fixMissingOption) === true;
  const ghosts = options.flag(ghostsOption) === true;
  const expired = options.flag(expiredOption) === true;
  const fixDmScope = options.flag(fixDmScopeOption) === true;
  const rescope = options.flag(rescopeOption) === true;
  if (fixDmScope && rescope)
    throw new UsageError(
      "--fix-dm-scope is for session.dmScope main, and --rescope for the other scopes: give one of them",
    );
  const expiredBeforeMs = readMomentMs(options, beforeOption);
  const kinds = options.list(cleanupKindOption).flat();
  const takesKinds = olderThanMs !== undefined || fixMissing || ghosts || expired;
  if (kinds.length > 0 && !takesKinds) {
    const hint = "Add --older-than <duration>, --fix-missing, --ghosts or --expired.";
    throw new UsageError("--kind narrows an order, but none is given", hint);
  }
  if (expiredBeforeMs !== undefined && !expired) throw new UsageError("--before goes with --expired");
  const flags = {
    fixMissing,
    fixDmScope,
    rescope,
    ghosts,
    expired,
    kinds,
    ...(olderThanMs === undefined ? {} : { olderThanMs }),
    ...(expiredBeforeMs === undefined ? {} : { expiredBeforeMs }),
  };
  return { flags, byHand: takesKinds || fixDmScope || rescope };
}
