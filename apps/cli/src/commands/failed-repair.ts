import type { StoreError, StoreTarget } from "@sessionsmith/core";

/** A store among several that can't be repaired. */
export interface FailedRepair {
  readonly target: StoreTarget;
  readonly error: StoreError;
}
