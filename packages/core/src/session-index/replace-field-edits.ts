import { indexEdits, type FieldChanges } from "./index-edits.ts";
import type { IndexDocument } from "./index-document.ts";
import type { SpliceEdit } from "./splice-edit.ts";

/** The edits that change fields of the row of one session key, as {@link indexEdits} makes them. */
export function replaceFieldEdits(
  document: IndexDocument,
  key: string,
  changes: FieldChanges,
): readonly SpliceEdit[] {
  return indexEdits(document, { replace: new Map([[key, changes]]) });
}
