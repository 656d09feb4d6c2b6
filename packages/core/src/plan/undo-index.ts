import { appendMembersEdit } from "../session-index/append-members-edit.ts";
import { lastRowsByKey } from "../session-index/find-row.ts";
import type { IndexDocument } from "../session-index/index-document.ts";
import { removeRowsEdits } from "../session-index/remove-rows-edits.ts";
import { isReadableIndex } from "../session-index/unreadable-index.ts";
import type { SpliceEdit } from "../session-index/splice-edit.ts";
import type { WriteIndexStep } from "./step.ts";
import type { UndoConflict, UndoInput, WrittenIndex } from "./undo-input.ts";
import { type ChangedRow, undoRows, type UndoRows } from "./undo-rows.ts";

/** How an index goes back. */
export interface IndexUndo {
  /** `undefined` if there is nothing to write. */
  readonly step: WriteIndexStep | undefined;
  /** Session keys whose rows come back, change back or leave again. */
  readonly keys: readonly string[];
  readonly conflicts: readonly UndoConflict[];
}

/** The rows of an index that goes back. */
export interface ReturningRows {
  readonly rows: UndoRows | undefined;
  /** Keys of rows that stay as they are, though the operation changed them. */
  readonly staying: ReadonlySet<string>;
}

/**
 * Takes the rewrite of an index back. If nobody has written the index since and every row goes back, it becomes what it was, byte
 * for byte and with its time; otherwise only the rows that the operation changed go back, each only if it is as the operation
 * left it.
 */
export function undoIndex(
  input: Pick<UndoInput, "index" | "indexPath" | "present">,
  { rows, staying }: ReturningRows = { rows: undoRows(input), staying: new Set() },
): IndexUndo {
  const { index, present, indexPath } = input;
  if (index === undefined) return { step: undefined, keys: [], conflicts: [] };
  if (present.sha256 === index.after.sha256 && staying.size === 0) return wholeIndex(index, indexPath, rows);
  if (rows === undefined || !isReadableIndex(present)) return whollyOrNot(indexPath);
  const changed = rows.changed.filter(({ key }) => !staying.has(key));
  const edits = backEdits(present, changed);
  const { sha256, bytes } = present;
  const content = { source: "splice", path: indexPath, size: bytes.length, sha256, edits } as const;
  const step =
    edits.length === 0
      ? undefined
      : ({ kind: "write-index", phase: "switch", path: indexPath, content } as const);
  return { step, keys: changed.map(({ key }) => key), conflicts: rows.conflicts };
}

function wholeIndex(index: WrittenIndex, indexPath: string, rows: UndoRows | undefined): IndexUndo {
  const { path, before, mtimeNs } = index;
  const keys = rows?.changed.map(({ key }) => key) ?? keysOf(index);
  if (before === undefined) return { step: undefined, keys, conflicts: [] };
  const content = {
    source: "splice",
    path,
    size: before.bytes.length,
    sha256: before.sha256,
    edits: [],
  } as const;
  const step = {
    kind: "write-index",
    phase: "switch",
    path: indexPath,
    content,
    mtimeNs: String(mtimeNs),
  } as const;
  return { step, keys, conflicts: [] };
}

/**
 * Tells whether the way back is that the index goes: the operation made it, and nobody has written it since.
 */
export function isMadeIndex({ index, present }: Pick<UndoInput, "index" | "present">): boolean {
  return index !== undefined && index.before === undefined && present.sha256 === index.after.sha256;
}

/** An index that can't be read has no rows that could go back one by one. */
function whollyOrNot(indexPath: string): IndexUndo {
  return {
    step: undefined,
    keys: [],
    conflicts: [{ kind: "file", path: indexPath, why: "changed-since" }],
  };
}

function keysOf({ before, after }: WrittenIndex): readonly string[] {
  const documents = [before, after].filter((one) => one !== undefined && isReadableIndex(one));
  return [...new Set(documents.flatMap((document) => [...lastRowsByKey(document).keys()]))];
}

/** Rows that were removed come back at the end, rows that were changed get their bytes back, rows that were added leave. */
function backEdits(present: IndexDocument, changed: readonly ChangedRow[]): readonly SpliceEdit[] {
  const now = lastRowsByKey(present);
  const added = changed.filter(({ before }) => before === undefined).map(({ key }) => key);
  const removed = changed.flatMap(({ before, after }) =>
    before !== undefined && after === undefined ? [before] : [],
  );
  const replaced = changed.flatMap(({ key, before, after }): readonly SpliceEdit[] => {
    const row = now.get(key);
    if (row === undefined || before === undefined || after === undefined) return [];
    const { start } = row.keyRange;
    return [{ at: start, remove: row.valueRange.end - start, insert: before }];
  });
  return [
    ...removeRowsEdits(present, new Set(added)),
    ...replaced,
    ...appendMembersEdit(present, removed),
  ].toSorted((a, b) => a.at - b.at);
}
