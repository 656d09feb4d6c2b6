import type { BeginRecord, EndRecord, JournalRecord, StagedRecord } from "./journal-record.ts";
import type { JournaledStep } from "../plan/journaled-step.ts";

/**
 * What the journal of one part says about it.
 * `begun`: the intent is not complete, so the store was not touched. `pending`: interrupted.
 * `rolling-back`: interrupted while it was being taken back. The others are over.
 */
export interface OperationRecord {
  readonly state: "begun" | "pending" | "rolling-back" | "done" | "rolled-back";
  readonly begin: BeginRecord;
  readonly steps: readonly JournaledStep[];
  /** By step number. */
  readonly staged: ReadonlyMap<number, StagedRecord>;
  readonly end: EndRecord | undefined;
  /** The sessions directory that it worked in, if the store was moved or copied from there since. */
  readonly formerDir?: string;
}

/** Folds the records of a journal; `undefined` if not even the first line is whole. */
export function operationOf(records: readonly JournalRecord[]): OperationRecord | undefined {
  const [begin] = records;
  if (begin?.type !== "begin") return undefined;
  const steps: JournaledStep[] = [];
  const staged = new Map<number, StagedRecord>();
  let open: OperationRecord["state"] = "begun";
  let end: EndRecord | undefined;
  for (const record of records) {
    if (record.type === "step") steps[record.n] = record.step;
    else if (record.type === "staged") staged.set(record.n, record);
    else if (record.type === "ready") open = "pending";
    else if (record.type === "roll-back") open = "rolling-back";
    else if (record.type === "end") end = record;
  }
  return { state: end?.state ?? open, begin, steps, staged, end };
}
