import type { IndexDocument, IndexRow, StoreTarget } from "@sessionsmith/core";

/** A counted row of an index, before anything of it was parsed. */
export interface SessionCandidate {
  readonly target: StoreTarget;
  readonly document: IndexDocument;
  readonly row: IndexRow;
  /** `updatedAt` in epoch ms, or undefined if it is unknown. */
  readonly updatedAt: number | undefined;
}
