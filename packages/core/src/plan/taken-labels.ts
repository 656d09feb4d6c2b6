import { entryLabel } from "../model/entry-view.ts";
import { lastRowsByKey } from "../session-index/find-row.ts";
import type { IndexDocument, IndexRow } from "../session-index/index-document.ts";
import { parseLeanRow } from "../session-index/parse-row.ts";
import { isReadableIndex } from "../session-index/unreadable-index.ts";
import type { RowConflict, UndoInput } from "./undo-input.ts";

/**
 * Rows that would come back with a label that another row, which stays as it is, has got since: no label names two sessions of a
 * store. Two rows that shared one before the operation do so again. Pure.
 * @param going keys of the rows that go back
 */
export function takenLabels(
  { index, present }: Pick<UndoInput, "index" | "present">,
  going: ReadonlySet<string>,
): readonly RowConflict[] {
  const before = index?.before;
  if (before === undefined || !isReadableIndex(before) || !isReadableIndex(present)) return [];
  const labelBefore = labelsOf(before);
  const labelNow = labelsOf(present);
  const coming = [...going].filter((key) => ![undefined, labelNow(key)].includes(labelBefore(key)));
  if (coming.length === 0) return [];
  const others = [...lastRowsByKey(present).keys()].filter((key) => !going.has(key));
  const taken = new Set(
    others.flatMap((key) => {
      const label = labelNow(key);
      return label === undefined || label === labelBefore(key) ? [] : [label];
    }),
  );
  const isTaken = (key: string) => taken.has(labelBefore(key) ?? "");
  return coming.filter(isTaken).map((key) => ({ kind: "row", key, why: "label-taken" }));
}

/** Tells the label of a row; undefined if it has none, or there is no such row. */
function labelsOf(document: IndexDocument): (key: string) => string | undefined {
  const rows = lastRowsByKey(document);
  return (key) => labelOf(document, rows.get(key));
}

function labelOf(document: IndexDocument, row: IndexRow | undefined): string | undefined {
  const entry = row && parseLeanRow(document, row);
  return entry && entryLabel(entry)?.trim();
}
