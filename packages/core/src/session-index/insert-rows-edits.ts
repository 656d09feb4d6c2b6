import { lazySequence, type Sequence } from "../sequence.ts";
import { lastRowsByKey } from "./find-row.ts";
import type { IndexDocument } from "./index-document.ts";
import { checkKeys, type NewRow, styleOfIndex } from "./index-edits.ts";
import { addedEdits, countAddedEdits } from "./member-edits.ts";
import type { SpliceEdit } from "./splice-edit.ts";

/**
 * The edits that append rows, as {@link indexEdits} makes them, but made when they are read: there may be as many rows as sessions.
 * Throws if a key is there already.
 */
export function insertRowsEdits(document: IndexDocument, rows: Sequence<NewRow>): Sequence<SpliceEdit> {
  checkKeys(lastRowsByKey(document), {
    remove: new Set(),
    replace: new Map(),
    rekey: new Map(),
    insert: rows,
  });
  const object = { range: document.root, members: document.rows, style: styleOfIndex(document) };
  return lazySequence(countAddedEdits(rows), () => addedEdits(object, rows));
}
