import type { Sequence } from "../sequence.ts";
import type { FieldChanges, IndexChange } from "../session-index/index-edits.ts";
import type { RowChange, RowDecision } from "./decision.ts";

/** What the decisions on its rows do to an index; undefined if it stays as it is. */
export function indexChangeOf(rows: Sequence<RowDecision>): IndexChange | undefined {
  const remove = new Set<string>();
  const replace = new Map<string, FieldChanges>();
  const rekey = new Map<string, string>();
  for (const { key, action, change } of rows) {
    if (action !== "keep") remove.add(key);
    else if (change !== undefined) {
      const fields = fieldChangesOf(change);
      if (fields.size > 0) replace.set(key, fields);
      if (change.key !== undefined) rekey.set(key, change.key);
    }
  }
  const isChanged = remove.size + replace.size + rekey.size > 0;
  return isChanged ? { remove, replace, rekey } : undefined;
}

/** Tells whether a change of a row is one of its bytes; a row that only lets go of its files keeps them all. */
export function editsRow(change: RowChange | undefined): boolean {
  return change !== undefined && (change.key !== undefined || fieldChangesOf(change).size > 0);
}

function fieldChangesOf({ fields = {}, cleared = [] }: RowChange): FieldChanges {
  return new Map([...Object.entries(fields), ...cleared.map((name) => [name, undefined] as const)]);
}
