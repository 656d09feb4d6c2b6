import { editRows } from "../edit-rows.ts";
import { changeableRows } from "../keys/key-claim.ts";
import type { Mend } from "../repair-domain.ts";
import type { RepairRequest } from "../repair-request.ts";
import type { RepairStore } from "../repair-store.ts";
import type { RowEdit } from "../row-edit.ts";
import { pythonRowChange } from "./python-row.ts";

/** Makes rows of OpenClaw of the rows that openclaw-python wrote into its place: OpenClaw finds neither session nor time in those. */
export function repairDialect(store: RepairStore, request: RepairRequest): RepairStore {
  const reasons = ["entry-snake-case"];
  const edits = changeableRows(store).flatMap(([{ row }, entry]): readonly RowEdit[] => {
    const change = pythonRowChange(entry);
    return change === undefined ? [] : [{ kind: "change", key: row.key, change, reasons }];
  });
  const mends = edits.map(({ key }): Mend => ({ domain: "dialect", what: "row-converted", key, reasons }));
  const done = editRows(store, request, edits);
  return { ...done, mends: [...done.mends, ...mends] };
}
