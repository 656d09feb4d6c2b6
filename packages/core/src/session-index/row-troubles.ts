import type { FindingId } from "../findings/finding-catalogue.ts";
import { nowhere, type ByteScan } from "./byte-scan.ts";
import type { ByteRange } from "./index-document.ts";
import { jsonByte } from "./json-bytes.ts";

/** Bytes that a key may have as it is spelled, without its quotes (docs/invariants.md I8). */
export const maxKeyBytes = 1024;

/** Bytes that the value of a row may have (docs/invariants.md I8). */
export const maxRowBytes = 64 * 1024 * 1024;

/** A reason to keep a row as it is, without a look into it. */
export interface RowTrouble {
  readonly id: FindingId;
  /** Byte offset of the first such thing in the row. */
  readonly offset: number;
}

const noTroubles: readonly RowTrouble[] = [];

/** Lists the reasons not to understand the row that was scanned last, each at most once. */
export function rowTroubles(scan: ByteScan, key: ByteRange, value: ByteRange): readonly RowTrouble[] {
  return isPlain(scan, key, value) ? noTroubles : listTroubles(scan, key, value);
}

/** True for nearly every row, and told without making anything. */
function isPlain(scan: ByteScan, key: ByteRange, value: ByteRange): boolean {
  return (
    scan.bytes[value.start] === jsonByte.openBrace &&
    spelledBytes(key) <= maxKeyBytes &&
    value.end - value.start <= maxRowBytes &&
    scan.tooDeepAt === nowhere &&
    scan.loneSurrogateAt === nowhere &&
    scan.inexactNumberAt === nowhere
  );
}

function listTroubles(scan: ByteScan, key: ByteRange, value: ByteRange): readonly RowTrouble[] {
  const troubles: RowTrouble[] = [];
  const note = (id: FindingId, offset: number): void => {
    if (offset !== nowhere) troubles.push({ id, offset });
  };
  const isObject = scan.bytes[value.start] === jsonByte.openBrace;
  note("row-key-too-long", spelledBytes(key) > maxKeyBytes ? key.start : nowhere);
  note("row-not-object", isObject ? nowhere : value.start);
  note("row-too-large", value.end - value.start > maxRowBytes ? value.start : nowhere);
  note("row-too-deep", scan.tooDeepAt);
  note("row-lone-surrogate", scan.loneSurrogateAt);
  note("row-number-inexact", scan.inexactNumberAt);
  return troubles;
}

/** Length of a string between its quotes. */
export function spelledBytes({ start, end }: ByteRange): number {
  return end - start - 2;
}
