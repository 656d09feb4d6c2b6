import { indexEdits } from "./index-edits.ts";
import type { IndexDocument } from "./index-document.ts";
import type { SpliceEdit } from "./splice-edit.ts";

/** The edits that remove the rows of these session keys, shadowed ones too, as {@link indexEdits} makes them. */
export function removeRowsEdits(document: IndexDocument, keys: ReadonlySet<string>): readonly SpliceEdit[] {
  return indexEdits(document, { remove: keys });
}
