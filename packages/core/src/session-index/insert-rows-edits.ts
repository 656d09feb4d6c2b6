import { indexEdits, type NewRow } from "./index-edits.ts";
import type { IndexDocument } from "./index-document.ts";
import type { SpliceEdit } from "./splice-edit.ts";

/** The edits that append rows, as {@link indexEdits} makes them. */
export function insertRowsEdits(document: IndexDocument, rows: readonly NewRow[]): readonly SpliceEdit[] {
  return indexEdits(document, { insert: rows });
}
