import type { IndexDocument, IndexRow } from "./index-document.ts";
import { memberEdits } from "./member-edits.ts";
import { styleOfEmptyIndex, styleOfMembers } from "./member-style.ts";
import type { SpliceEdit } from "./splice-edit.ts";

/** The edits that take out these very members of an index, and not others with the same key. */
export function dropMembersEdits(
  { bytes, root, rows }: IndexDocument,
  removed: ReadonlySet<IndexRow>,
): readonly SpliceEdit[] {
  if (removed.size === 0) return [];
  const style = rows.length === 0 ? styleOfEmptyIndex(bytes) : styleOfMembers(bytes, root, rows);
  return memberEdits({ range: root, members: rows, style }, { removed, replaced: new Map(), added: [] });
}
