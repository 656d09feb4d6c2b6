import { findRow } from "../session-index/find-row.ts";
import { scanIndex } from "../session-index/scan-index.ts";
import type { SpliceEdit } from "../session-index/splice-edit.ts";
import type { RecordPiece } from "./classify-line.ts";
import type { MendedLink } from "./mend-links.ts";

/** The edits, in file order, that give a record another id or another parent; everything else keeps its bytes. */
export function linkEdits(
  { start, bytes }: RecordPiece,
  { newId, parentId }: MendedLink,
): readonly SpliceEdit[] {
  if (newId === undefined && parentId === undefined) return [];
  // A record is an object of members, as an index is: the scan of the one finds the bytes in the other.
  const scan = scanIndex(bytes);
  if (!scan.readable) throw new Error(`the record at byte ${start} was parsed, and can't be scanned`);
  const { document } = scan;
  const replaced = (name: string, value: string | null): SpliceEdit => {
    const insert = JSON.stringify(value);
    const member = findRow(document, name);
    if (member === undefined) {
      const comma = document.rows.length === 0 ? "" : ",";
      const first = `${JSON.stringify(name)}:${insert}${comma}`;
      return { at: start + document.root.start + 1, remove: 0, insert: first };
    }
    const { start: from, end } = member.valueRange;
    return { at: start + from, remove: end - from, insert };
  };
  return [
    ...(newId === undefined ? [] : [replaced("id", newId)]),
    ...(parentId === undefined ? [] : [replaced("parentId", parentId)]),
  ].toSorted((a, b) => a.at - b.at);
}
