import type { LedgerRecord } from "@sessionsmith/core/engine";

/**
 * A further place that keeps what is known of ended sessions, beside the ledger of each store, which always has it first.
 * A sink that fails never fails or delays the operation: what it missed is offered again after the next one.
 */
export interface HistorySink {
  /** For answers and messages (`postgres`). */
  readonly name: string;
  /**
   * How many records of a store's ledger the sink has taken, counted from the beginning.
   * @param indexPath absolute path of the index of the store
   */
  readonly taken: (indexPath: string) => Promise<number>;
  /** Takes the next records, in the order of the ledger; a record that it has already may come again. */
  readonly take: (indexPath: string, records: readonly LedgerRecord[]) => Promise<void>;
}

/** How a sink stands after an operation. */
export interface SinkState {
  readonly name: string;
  readonly state: "behind" | "up-to-date";
  /** Records that it has not taken yet; null if it could not be asked. */
  readonly missing: number | null;
  /** Why it is behind. */
  readonly error?: string;
}
