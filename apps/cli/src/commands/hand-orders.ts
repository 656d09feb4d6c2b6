import type { CleanupFlags } from "@sessionsmith/maintenance";
import { readDurationMs, readMomentMs } from "../choose-stores.ts";
import {
  beforeOption,
  cleanupKindOption,
  expiredOption,
  fixMissingOption,
  ghostsOption,
  olderThanOption,
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
  const expiredBeforeMs = readMomentMs(options, beforeOption);
  const kinds = options.list(cleanupKindOption).flat();
  const byHand = olderThanMs !== undefined || fixMissing || ghosts || expired;
  if (kinds.length > 0 && !byHand) {
    const hint = "Add --older-than <duration>, --fix-missing, --ghosts or --expired.";
    throw new UsageError("--kind narrows an order, but none is given", hint);
  }
  if (expiredBeforeMs !== undefined && !expired) throw new UsageError("--before goes with --expired");
  const flags = {
    fixMissing,
    ghosts,
    expired,
    kinds,
    ...(olderThanMs === undefined ? {} : { olderThanMs }),
    ...(expiredBeforeMs === undefined ? {} : { expiredBeforeMs }),
  };
  return { flags, byHand };
}
