import { type DamagedMember, endsCleanly, findWholeRows, type FoundMember } from "./find-whole-rows.ts";
import type { ByteRange, IndexDocument } from "./index-document.ts";
import { indexTextOf } from "./index-text.ts";
import { type IndexLayout, isSeparator, layoutOf } from "./index-layout.ts";
import { jsonByte } from "./json-bytes.ts";
import { keyedItems } from "./keyed-items.ts";
import { mendUtf8 } from "./mend-utf8.ts";
import { isSwallowedRow } from "./row-shape.ts";
import { scanIndex } from "./scan-index.ts";
import type { SpliceEdit } from "./splice-edit.ts";
import { spliceIndex } from "./splice-index.ts";
import { skipWhiteSpace } from "./white-space.ts";

/** A row of which the key and some fields are whole. */
export interface DamagedRow {
  readonly key: string;
  /** The key with the fields before the damage, as a member of an index; undefined if there are none. */
  readonly member: string | undefined;
}

/** What can be saved from the bytes of an index, whatever happened to them. */
export interface IndexSalvage {
  /** Edits on the bytes that make an index of all whole rows, each byte for byte, in their order. */
  readonly edits: readonly SpliceEdit[];
  /** What these edits make. */
  readonly document: IndexDocument;
  readonly damaged: readonly DamagedRow[];
  /** Keys of rows in which bytes that were no UTF-8 were taken for Latin-1. */
  readonly mended: ReadonlySet<string>;
  /** True if more than white space, commas and what surrounds the rows was left out: rows may have been lost with it. */
  readonly lossy: boolean;
}

/**
 * Saves every whole row from the bytes of an index that can't be read: cut off, filled with NUL bytes, half overwritten, behind a
 * byte order mark, in UTF-16, with a comma too many or too few. Never fails; of bytes that hold no row it makes `{}`.
 * The time is linear in the number of bytes.
 */
export function salvageIndex(bytes: Buffer): IndexSalvage {
  const text = indexTextOf(bytes);
  const layout = layoutOf(text.bytes);
  const found = findWholeRows(text.bytes, text.start, layout);
  const list = found.whole.length === 0 ? keyedItems(text.bytes, text.start) : [];
  const edits = list.length > 0 ? replaceAll(text.bytes, list) : editsFor(text, found.whole, layout);
  const result = Buffer.concat(spliceIndex(text.bytes, edits));
  const scan = scanIndex(result);
  if (!scan.readable) throw new Error(`salvaged rows make no index: ${scan.failure.problem}`);
  const whole = new Set(scan.document.rows.map(({ key }) => key));
  return {
    edits: text.exact ? edits : [{ at: 0, remove: bytes.length, insert: result.toString("utf8") }],
    document: scan.document,
    damaged: found.damaged
      .filter(({ key }) => !whole.has(key))
      .map((one) => damagedRow(text.bytes, one, layout)),
    mended: mendedKeys(text.bytes, found.whole),
    lossy: isLossy(text, found.whole),
  };
}

/** A list has no rows whose layout could be kept. */
const newLayout: IndexLayout = { indent: "  ", separator: ",\n  ", closing: "\n" };

function replaceAll(bytes: Buffer, members: readonly string[]): readonly SpliceEdit[] {
  const { opening, closing } = aroundRows(newLayout);
  return [{ at: 0, remove: bytes.length, insert: opening + members.join(newLayout.separator) + closing }];
}

function aroundRows({ separator, closing }: IndexLayout): {
  readonly opening: string;
  readonly closing: string;
} {
  return { opening: `{${separator.slice(1)}`, closing: `${closing}}` };
}

/** Keeps what stands between two rows if it is what belongs there. */
function editsFor(
  { bytes, start }: { readonly bytes: Buffer; readonly start: number },
  rows: readonly FoundMember[],
  layout: IndexLayout,
): readonly SpliceEdit[] {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return [{ at: 0, remove: bytes.length, insert: "{}" }];
  const { opening, closing } = aroundRows(layout);
  const edits: SpliceEdit[] = [];
  if (start > 0 || !opensIndex(bytes, first.start))
    edits.push(
      opensIndex(bytes.subarray(start), first.start - start)
        ? { at: 0, remove: start, insert: "" }
        : { at: 0, remove: first.start, insert: opening },
    );
  for (const [n, row] of rows.entries()) {
    if (!row.sound) edits.push(mendingEdit(bytes, row));
    const next = rows[n + 1];
    if (next === undefined || isSeparator(bytes, { start: row.end, end: next.start })) continue;
    edits.push({ at: row.end, remove: next.start - row.end, insert: layout.separator });
  }
  if (!closesIndex(bytes, last.end))
    edits.push({ at: last.end, remove: bytes.length - last.end, insert: closing });
  return edits;
}

function mendingEdit(bytes: Buffer, { start, end }: ByteRange): SpliceEdit {
  return {
    at: start,
    remove: end - start,
    insert: mendUtf8(bytes.subarray(start, end)).bytes.toString("utf8"),
  };
}

function opensIndex(bytes: Buffer, end: number): boolean {
  const brace = skipWhiteSpace(bytes, 0);
  return bytes[brace] === jsonByte.openBrace && skipWhiteSpace(bytes, brace + 1) === end;
}

function closesIndex(bytes: Buffer, start: number): boolean {
  const brace = skipWhiteSpace(bytes, start);
  return bytes[brace] === jsonByte.closeBrace && skipWhiteSpace(bytes, brace + 1) === bytes.length;
}

/** The key and the fields before the damage. */
function damagedRow(
  bytes: Buffer,
  { key, scan }: DamagedMember,
  { closing, indent }: IndexLayout,
): DamagedRow {
  const inside = scan.fields.findIndex((field) => isSwallowedRow(bytes, field));
  const fields = inside < 0 ? scan.fields : scan.fields.slice(0, inside);
  const last = fields.findLast(({ valueRange }) => endsCleanly(bytes, valueRange.end));
  if (last === undefined) return { key, member: undefined };
  const start = mendUtf8(bytes.subarray(scan.keyRange.start, last.valueRange.end)).bytes.toString("utf8");
  const isSpread = bytes.subarray(scan.valueStart, last.valueRange.start).includes(jsonByte.lineFeed);
  return { key, member: `${start}${isSpread ? `${closing || "\n"}${indent ?? ""}` : ""}}` };
}

function mendedKeys(bytes: Buffer, rows: readonly FoundMember[]): ReadonlySet<string> {
  const keys = rows.flatMap((row) => {
    if (row.sound) return [];
    const { bytes: mended } = mendUtf8(bytes.subarray(row.start, row.end));
    const scan = scanIndex(Buffer.concat([Buffer.from("{"), mended, Buffer.from("}")]));
    return scan.readable ? scan.document.rows.map(({ key }) => key) : [];
  });
  return new Set(keys);
}

const between = /^[\s,]*$/;
const before = /^\s*\{?[\s,]*$/;
const after = /^[\s,]*\}[\s\0]*$/;
const longestGap = 1 << 20;

function isLossy(
  { bytes, start }: { readonly bytes: Buffer; readonly start: number },
  rows: readonly FoundMember[],
): boolean {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return true;
  const fits = (from: number, to: number, pattern: RegExp): boolean =>
    to - from < longestGap && pattern.test(bytes.toString("latin1", from, to));
  if (!fits(start, first.start, before) || !fits(last.end, bytes.length, after)) return true;
  return rows.some(({ end }, n) => {
    const next = rows[n + 1];
    return next !== undefined && !fits(end, next.start, between);
  });
}
