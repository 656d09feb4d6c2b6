import { appendMembersEdit } from "../session-index/append-members-edit.ts";
import { lastRowsByKey } from "../session-index/find-row.ts";
import type { IndexDocument, IndexRow } from "../session-index/index-document.ts";
import { removeRowsEdits } from "../session-index/remove-rows-edits.ts";
import { scanIndex } from "../session-index/scan-index.ts";
import { isReadableIndex } from "../session-index/unreadable-index.ts";
import type { SpliceEdit } from "../session-index/splice-edit.ts";
import type { WriteIndexStep } from "./step.ts";
import type { UndoConflict, UndoInput, WrittenIndex } from "./undo-input.ts";

/** How an index goes back. */
export interface IndexUndo {
  /** `undefined` if there is nothing to write. */
  readonly step: WriteIndexStep | undefined;
  /** Session keys whose rows come back, change back or leave again. */
  readonly keys: readonly string[];
  readonly conflicts: readonly UndoConflict[];
}

/**
 * Takes the rewrite of an index back. If nobody has written the index since, it becomes what it was, byte for byte and with
 * its time; otherwise only the rows that the operation changed go back, each only if it is as the operation left it.
 */
export function undoIndex(input: Pick<UndoInput, "index" | "indexPath" | "present">): IndexUndo {
  const { index, present, indexPath } = input;
  if (index === undefined) return { step: undefined, keys: [], conflicts: [] };
  const changes = changedRows(index);
  if (present.sha256 !== index.after.sha256) {
    const isKnown = changes !== undefined && isReadableIndex(present);
    return isKnown ? undoRows(present, indexPath, changes) : whollyOrNot(indexPath);
  }
  const { path, before, mtimeNs } = index;
  const keys = changes?.map(({ key }) => key) ?? keysOf(index);
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

/** A row that an operation changed: the bytes of its member before and after; undefined where there was none. */
interface ChangedRow {
  readonly key: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

function undoRows(present: IndexDocument, indexPath: string, changes: readonly ChangedRow[]): IndexUndo {
  const now = lastRowsByKey(present);
  const conflicts: UndoConflict[] = [];
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
  const edits = backEdits(present, changed);
  const { sha256, bytes } = present;
  const content = { source: "splice", path: indexPath, size: bytes.length, sha256, edits } as const;
  const step =
    edits.length === 0
      ? undefined
      : ({ kind: "write-index", phase: "switch", path: indexPath, content } as const);
  return { step, keys: changed.map(({ key }) => key), conflicts };
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
