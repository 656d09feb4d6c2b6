import type { SinkState } from "../history/history-sink.ts";
import type { AppliedChange } from "./apply-change.ts";

/** What every answer to an order tells beside what it is about. */
export interface ChangeFrame {
  readonly dryRun: boolean;
  /** For `sessionsmith undo`; null for a preview, or if nothing was to be changed. */
  readonly operationId: string | null;
  /** What stayed as it was after the switch, one sentence each. */
  readonly warnings: readonly string[];
}

/** The same of an order that ends sessions. */
export interface EndingFrame extends ChangeFrame {
  /** True if a record of each session that ended is in the ledger. */
  readonly historyRecorded: boolean;
  readonly sinks: readonly SinkState[];
}

/** An answer, and what was done for it. */
export interface Answered<A> {
  readonly answer: A;
  readonly applied: AppliedChange<unknown>;
}

/** The frame of a change. */
export function changeFrame({ dryRun, operationId, warnings }: AppliedChange<unknown>): ChangeFrame {
  return { dryRun, operationId: operationId ?? null, warnings };
}

/** The frame of a change that ends sessions. */
export function endingFrame(applied: AppliedChange<unknown>): EndingFrame {
  const { historyRecorded, sinks } = applied;
  return { ...changeFrame(applied), historyRecorded, sinks };
}
