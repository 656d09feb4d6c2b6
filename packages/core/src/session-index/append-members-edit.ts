import type { IndexDocument } from "./index-document.ts";
import { styleOfEmptyIndex, styleOfMembers } from "./member-style.ts";
import type { SpliceEdit } from "./splice-edit.ts";

/** The edit that appends members as they stand in another index: key, colon and value, byte for byte. */
export function appendMembersEdit(
  document: IndexDocument,
  members: readonly string[],
): readonly SpliceEdit[] {
  if (members.length === 0) return [];
  const { bytes, root, rows } = document;
  const last = rows.at(-1);
  if (last === undefined) {
    const { opening, separator, closing } = styleOfEmptyIndex(bytes);
    return [
      {
        at: root.start + 1,
        remove: root.end - root.start - 2,
        insert: opening + members.join(separator) + closing,
      },
    ];
  }
  const { separator } = styleOfMembers(bytes, root, rows);
  return [
    { at: last.valueRange.end, remove: 0, insert: members.map((member) => separator + member).join("") },
  ];
}
