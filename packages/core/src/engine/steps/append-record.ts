import { dirname } from "node:path";
import { kindInWords } from "../../disk/kind-in-words.ts";
import type { FileKind } from "../../disk/read-fs.ts";
import type { AppendRecordStep } from "../../plan/step.ts";
import { StoreError } from "../../store-error.ts";
import { appendLedger, type LedgerRecord } from "../ledger.ts";
import { ledgerPath } from "../operation-paths.ts";
import type { PartContext } from "../part-context.ts";
import type { StepRunner } from "../step-runner.ts";

/** Adds lines to the ledger before the rows leave; an operation that is rolled back is said to be so there. */
export const appendRecord: StepRunner<AppendRecordStep> = {
  check: (_step, { host, realDir }) => {
    const path = ledgerPath(realDir);
    const present = host.fs.lstat(path);
    if (present !== undefined && present.kind !== "file") throw noLedger(path, present.kind);
  },
  prepare: (step, context) => {
    append(context, stamped(step.records, context));
  },
  rollBack: (_step, context) => {
    append(context, [{ type: "restored", operation: context.operationId, at: context.startedAt }]);
  },
};

/**
 * The records with the operation and its time, one after the other: there are as many as rows that leave, and none is kept. Copied by
 * `Object.assign`, in half the time of a spread.
 */
function* stamped(
  records: AppendRecordStep["records"],
  { operationId: operation, startedAt: at }: PartContext,
): Generator<LedgerRecord, void> {
  for (const record of records) yield Object.assign({}, record, { operation, at });
}

function append(context: PartContext, records: Iterable<LedgerRecord>): void {
  const path = ledgerPath(context.realDir);
  appendLedger(context.host.fs, path, { records, owner: context.owner });
  context.touched.add(dirname(path));
}

/** Found out in the middle of an operation it could neither be finished nor taken back, for both are written down there. */
function noLedger(path: string, kind: FileKind): StoreError {
  return new StoreError(
    "E_REFUSED",
    `${path} is ${kindInWords(kind)}, not a regular file. Nothing was changed.`,
    {
      hint: "Put it aside; what is known of ended sessions is kept there, in a file that is made when it is missing.",
      details: { path, kind },
    },
  );
}
