import { lastRowsByKey } from "../session-index/find-row.ts";
import type { IndexDocument, IndexRow } from "../session-index/index-document.ts";
import { scanIndex } from "../session-index/scan-index.ts";
import { isReadableIndex } from "../session-index/unreadable-index.ts";
import type { RowConflict, UndoInput, WrittenIndex } from "./undo-input.ts";

/** A row that an operation changed: the bytes of its member before and after; undefined where there was none. */
export interface ChangedRow {
  readonly key: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What became of the rows that an operation changed. */
export interface UndoRows {
  /** Those that are as the operation left them. */
  readonly changed: readonly ChangedRow[];
  /** Those that are something else by now. What is as it was before the operation is neither. */
  readonly conflicts: readonly RowConflict[];
}

/** Compares the rows that an operation changed with those that are there now. Undefined if one of the indexes can't be read. */
export function undoRows({ index, present }: Pick<UndoInput, "index" | "present">): UndoRows | undefined {
  if (index === undefined) return { changed: [], conflicts: [] };
  const changes = changedRows(index);
  if (changes === undefined || !isReadableIndex(present)) return undefined;
  const now = lastRowsByKey(present);
  const conflicts: RowConflict[] = [];
  const changed: ChangedRow[] = [];
  for (const change of changes) {
    const row = now.get(change.key);
    const member = row === undefined ? undefined : memberText(present, row);
    if (member === change.before) continue;
    if (member === change.after) changed.push(change);
    else
      conflicts.push({
        kind: "row",
        key: change.key,
        why: change.after === undefined ? "taken" : "changed-since",
      });
  }
  return { changed, conflicts };
}

/** Tells of the rows of the present index which of them are byte for byte what they were before the operation. */
export function rowsAsBefore({
  index,
  present,
  isIndexAsBefore,
}: Pick<UndoInput, "index" | "present" | "isIndexAsBefore">): (key: string) => boolean {
  if (index === undefined) return () => isIndexAsBefore;
  const { before } = index;
  if (before === undefined || !isReadableIndex(before) || !isReadableIndex(present)) return () => false;
  const [rowsBefore, rowsNow] = [lastRowsByKey(before), lastRowsByKey(present)];
  return (key) => {
    const [was, is] = [rowsBefore.get(key), rowsNow.get(key)];
    return was !== undefined && is !== undefined && memberText(before, was) === memberText(present, is);
  };
}

/** Undefined if one of the two can't be read. */
function changedRows({ before = noIndex(), after }: WrittenIndex): readonly ChangedRow[] | undefined {
  if (!isReadableIndex(before) || !isReadableIndex(after)) return undefined;
  const [rowsBefore, rowsAfter] = [lastRowsByKey(before), lastRowsByKey(after)];
  const keys = new Set([...rowsBefore.keys(), ...rowsAfter.keys()]);
  return [...keys].flatMap((key) => {
    const [rowBefore, rowAfter] = [rowsBefore.get(key), rowsAfter.get(key)];
    const was = rowBefore && memberText(before, rowBefore);
    const became = rowAfter && memberText(after, rowAfter);
    return was === became ? [] : [{ key, before: was, after: became }];
  });
}

/** An index that was not there has no rows. */
function noIndex(): IndexDocument {
  const scan = scanIndex(Buffer.from("{}"));
  if (!scan.readable) throw new Error("an empty index is readable");
  return scan.document;
}

function memberText({ bytes }: IndexDocument, { keyRange, valueRange }: IndexRow): string {
  return bytes.toString("utf8", keyRange.start, valueRange.end);
}
