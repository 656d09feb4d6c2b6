import type { JsonObject, JsonValue } from "../json-value.ts";
import { joined, type Sequence, viewOf } from "../sequence.ts";
import { lastRowsByKey } from "./find-row.ts";
import type { IndexDocument, IndexRow } from "./index-document.ts";
import { memberEdits, type NewMember } from "./member-edits.ts";
import {
  styleInside,
  styleOfEmptyIndex,
  styleOfMembers,
  type Member,
  type MemberStyle,
} from "./member-style.ts";
import { repeatedTexts } from "../repeated-texts.ts";
import { scanRowFields } from "./row-fields.ts";
import type { SpliceEdit } from "./splice-edit.ts";

/** A row to be added at the end of the index. */
export interface NewRow {
  readonly key: string;
  readonly value: JsonObject;
}

/** New values of fields by name; undefined removes the field. */
export type FieldChanges = ReadonlyMap<string, JsonValue | undefined>;

/** Everything that may change in an index at once. */
export interface IndexChange {
  /** Keys whose rows go, shadowed ones too. */
  readonly remove?: ReadonlySet<string>;
  /** Rows whose fields change, by session key. */
  readonly replace?: ReadonlyMap<string, FieldChanges>;
  /** New session keys of rows, by the present one; the row keeps its place and its value every byte. */
  readonly rekey?: ReadonlyMap<string, string>;
  /** Rows to append. A key may be one that is removed or renamed, but none that stays. */
  readonly insert?: Sequence<NewRow>;
}

/**
 * Makes the edits that change an index. All that is not named keeps its bytes: other rows, other fields of a changed row,
 * their order, their spelling, and the end of the file. Separators and indent are those that the file has;
 * in `{}` a row stands on its own line, indented by two spaces. A row that stands there twice with the same bytes is
 * changed in both places: if they differed afterwards, nobody could say any more which one was meant.
 * Throws if a key is not there, is there already, or its row can't be edited: the caller's plan does not fit the document.
 */
export function indexEdits(document: IndexDocument, change: IndexChange): readonly SpliceEdit[] {
  const {
    remove = new Set<string>(),
    replace = new Map<string, FieldChanges>(),
    rekey = new Map<string, string>(),
    insert = [],
  } = change;
  const removed = removedRows(document, remove);
  if (replace.size + rekey.size + insert.length > 0)
    checkKeys(lastRowsByKey(document), { remove, replace, rekey, insert });
  const style = styleOfIndex(document);
  const edits = memberEdits(
    { range: document.root, members: document.rows, style },
    { removed, replaced: new Map(), added: insert },
  );
  if (replace.size + rekey.size > 0) {
    for (const row of document.rows) {
      const changes = replace.get(row.key);
      if (changes !== undefined) edits.push(...fieldEdits(document, row, { changes, style }));
      const newKey = rekey.get(row.key);
      if (newKey !== undefined) edits.push(keyEdit(row, newKey));
    }
  }
  return edits.toSorted((a, b) => a.at - b.at);
}

/** The rows of keys, shadowed ones too. */
function removedRows({ rows }: IndexDocument, keys: ReadonlySet<string>): ReadonlySet<IndexRow> {
  const removed = new Set<IndexRow>();
  let counted = 0;
  for (const row of rows) {
    if (!keys.has(row.key)) continue;
    removed.add(row);
    if (!row.shadowed) counted += 1;
  }
  if (counted !== keys.size) throw new Error("a row to be changed is not in the index");
  return removed;
}

/** Throws if a key that is named is not there, or one that is to come is taken. */
export function checkKeys(
  rows: ReadonlyMap<string, IndexRow>,
  { remove, replace, rekey, insert }: Required<IndexChange>,
): void {
  for (const key of [...replace.keys(), ...rekey.keys()]) {
    if (!rows.has(key)) throw new Error("a row to be changed is not in the index");
  }
  for (const key of [...replace.keys(), ...rekey.keys()]) {
    if (remove.has(key)) throw new Error("a row can't be changed and removed at once");
  }
  const stays = (key: string): boolean => rows.has(key) && !remove.has(key) && !rekey.has(key);
  // Those of the rows that stay are named with them, so that one of them comes twice.
  function* keysAfter(): Generator<string, void> {
    for (const key of joined([[...rekey.values()], viewOf(insert, (row) => row.key)])) {
      if (stays(key)) yield key;
      yield key;
    }
  }
  if (repeatedTexts(keysAfter).size > 0) throw new Error("a row to be added is there already");
  for (const key of rekey.keys()) {
    if (rows.get(key)?.understood !== true) throw new Error("a row to be renamed is not understood");
  }
}

function keyEdit({ keyRange }: IndexRow, newKey: string): SpliceEdit {
  return { at: keyRange.start, remove: keyRange.end - keyRange.start, insert: JSON.stringify(newKey) };
}

/** How the rows of an index are set out. */
export function styleOfIndex({ bytes, root, rows }: IndexDocument): MemberStyle {
  return rows.length === 0 ? styleOfEmptyIndex(bytes) : styleOfMembers(bytes, root, rows);
}

function fieldEdits(
  document: IndexDocument,
  row: IndexRow,
  { changes, style }: { readonly changes: FieldChanges; readonly style: MemberStyle },
): SpliceEdit[] {
  const fields = scanRowFields(document, row);
  const lastOf = new Map(fields.map((field) => [field.key, field]));
  const replaced = new Map<Member, JsonValue>();
  const added: NewMember[] = [];
  for (const [key, value] of changes) {
    const field = lastOf.get(key);
    if (value === undefined) continue;
    if (field === undefined) added.push({ key, value });
    else replaced.set(field, value);
  }
  const removed = new Set(fields.filter(({ key }) => changes.has(key) && changes.get(key) === undefined));
  return memberEdits(
    {
      range: row.valueRange,
      members: fields,
      style:
        fields.length === 0 ? styleInside(style) : styleOfMembers(document.bytes, row.valueRange, fields),
    },
    { removed, replaced, added },
  );
}
