import type { StateSketch } from "@sessionsmith/testkit";

/** What a command line of `cleanup` says, to OpenClaw and to us. */
export interface CleanupOrder {
  /** Path of an index, relative to the state directory. */
  readonly store?: string;
  readonly agent?: string;
  readonly allAgents?: boolean;
  readonly enforce?: boolean;
  readonly fixMissing?: boolean;
  readonly fixDmScope?: boolean;
  readonly activeKey?: string;
}

/** One (store, flags) pair. */
export interface CleanupCase {
  readonly name: string;
  readonly sketch: StateSketch;
  readonly order: CleanupOrder;
}

/** What a program decides on one store, and what is left once it has done so on a copy. */
export interface StoreOutcome {
  /** Path of the index, relative to the state directory. */
  readonly index: string;
  /** What a dry-run says of each row, by key. */
  readonly actions: Readonly<Record<string, string>>;
  /** Rows that a run without `--dry-run` leaves, sorted. */
  readonly left: readonly string[];
}

/** What a program makes of a case: its stores, or why it refuses. */
export type CaseOutcome =
  | { readonly state: "done"; readonly stores: readonly StoreOutcome[] }
  | { readonly state: "refused"; readonly why: string };
