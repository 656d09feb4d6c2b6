import { isUtf8 } from "node:buffer";
import { decodeString } from "./decode-string.ts";
import type { ByteRange } from "./index-document.ts";
import type { IndexLayout } from "./index-layout.ts";
import { jsonByte } from "./json-bytes.ts";
import { isRowShaped, isSwallowedRow } from "./row-shape.ts";
import { openRowStarts } from "./row-starts.ts";
import { type MemberScan, scanMember } from "./scan-member.ts";
import { skipWhiteSpace } from "./white-space.ts";

/** A row of a damaged index: from its key to the end of its value. */
export interface FoundMember extends ByteRange {
  /** False if a byte of it is no UTF-8. */
  readonly sound: boolean;
}

/** A row whose key can be read, but whose value is not whole. */
export interface DamagedMember {
  readonly key: string;
  readonly scan: MemberScan;
}

/** What there is in the text of a damaged index. */
export interface FoundRows {
  /** In file order, never overlapping. */
  readonly whole: readonly FoundMember[];
  readonly damaged: readonly DamagedMember[];
}

/** Every byte is looked at this often at most, on average: beyond it, what is damaged is passed over as a whole. */
const mostPasses = 16;
const freeBytes = 1 << 20;

/**
 * Finds the rows of an index that may be damaged anywhere. A row that follows on a row, or on the opening brace, counts as JSON
 * has it; behind damage, one counts if it begins a line as rows do, or looks like a row in every other way. So what is inside a
 * damaged row is not taken for a row. The time is linear in the size of the text.
 */
export function findWholeRows(bytes: Buffer, start: number, layout: IndexLayout): FoundRows {
  const whole: FoundMember[] = [];
  const damaged: DamagedMember[] = [];
  const starts = openRowStarts(bytes, layout);
  let work = mostPasses * bytes.length + freeBytes;
  let inSequence = afterBrace(bytes, start);
  let from = start;
  for (;;) {
    const found = inSequence === undefined ? starts.next(from) : { at: inSequence, isLine: false };
    if (found === undefined) return { whole, damaged };
    const { at, isLine } = found;
    const member = scanMember(bytes, at, starts.limit(at));
    work -= member === undefined ? 1 : member.reached - at;
    const end = member === undefined ? undefined : wholeEnd(bytes, member, { inSequence, isLine, layout });
    if (member !== undefined && end !== undefined) {
      whole.push({ start: at, end, sound: isUtf8(bytes.subarray(at, end)) });
      inSequence = afterComma(bytes, end);
      from = end;
      continue;
    }
    const key = member && damagedKey(bytes, member, inSequence !== undefined || isLine);
    if (member !== undefined && key !== undefined) damaged.push({ key, scan: member });
    inSequence = undefined;
    from = work > 0 ? at + 1 : Math.max(at + 1, member?.reached ?? 0);
  }
}

interface Standing {
  readonly inSequence: number | undefined;
  readonly isLine: boolean;
  readonly layout: IndexLayout;
}

/** Where the row ends, if there is a whole one. */
function wholeEnd(
  bytes: Buffer,
  member: MemberScan,
  { inSequence, isLine, layout }: Standing,
): number | undefined {
  if (member.end === undefined || swallowsRow(bytes, member)) return undefined;
  if (inSequence !== undefined)
    return member.isObject || endsCleanly(bytes, member.end) ? member.end : undefined;
  if (!member.isObject || !isRowShaped(bytes, member, isLine)) return undefined;
  return isLine || endsAsRow(bytes, { member, end: member.end }, layout) ? member.end : undefined;
}

/** Tells whether a value is whole as far as what follows tells it: of a number that is cut, the beginning is a number too. */
export function endsCleanly(bytes: Buffer, end: number): boolean {
  const next = bytes[skipWhiteSpace(bytes, end)];
  return next === jsonByte.comma || next === jsonByte.closeBrace;
}

/** Of a row that lost its end, the rows behind it look like fields. */
function swallowsRow(bytes: Buffer, { fields, isObject }: MemberScan): boolean {
  return isObject && fields.some((field) => isSwallowedRow(bytes, field));
}

/**
 * Where rows begin lines, the brace of a row stands as far in as its key, and that of an object inside of one further; a row may also stand on
 * one line.
 */
function endsAsRow(
  bytes: Buffer,
  { member, end }: { readonly member: MemberScan; readonly end: number },
  { indent }: IndexLayout,
): boolean {
  if (indent === undefined || !bytes.subarray(member.valueStart, end).includes(jsonByte.lineFeed))
    return true;
  const brace = `\n${indent}}`;
  return bytes.toString("latin1", end - brace.length, end) === brace;
}

const longestKey = 1026;

function damagedKey(
  bytes: Buffer,
  { keyRange, isObject, fields }: MemberScan,
  isKnownPlace: boolean,
): string | undefined {
  if (!isObject || keyRange.end - keyRange.start > longestKey) return undefined;
  if (!isUtf8(bytes.subarray(keyRange.start, keyRange.end))) return undefined;
  const key = decodeString(bytes, keyRange);
  const isKey = isKnownPlace || (key.startsWith("agent:") && fields.length > 0);
  return isKey ? key : undefined;
}

function afterBrace(bytes: Buffer, start: number): number | undefined {
  const brace = skipWhiteSpace(bytes, start);
  return bytes[brace] === jsonByte.openBrace ? quoteAt(bytes, brace + 1) : undefined;
}

function afterComma(bytes: Buffer, end: number): number | undefined {
  const comma = skipWhiteSpace(bytes, end);
  return bytes[comma] === jsonByte.comma ? quoteAt(bytes, comma + 1) : undefined;
}

function quoteAt(bytes: Buffer, start: number): number | undefined {
  const at = skipWhiteSpace(bytes, start);
  return bytes[at] === jsonByte.quote ? at : undefined;
}
