import { createByteScan } from "./byte-scan.ts";
import { decodeString } from "./decode-string.ts";
import type { ByteRange } from "./index-document.ts";
import { jsonByte } from "./json-bytes.ts";
import { scanString } from "./scan-string.ts";
import { scanValue } from "./scan-value.ts";
import { skipWhiteSpace } from "./white-space.ts";

/** What stands at a place that may be the key of a row. */
export interface MemberScan {
  readonly keyRange: ByteRange;
  readonly valueStart: number;
  readonly isObject: boolean;
  /** Position after the value; undefined if it is not whole. */
  readonly end: number | undefined;
  /** Where the value stops being JSON, or ends. */
  readonly reached: number;
  /** The whole fields of an object, in file order. */
  readonly fields: readonly FieldScan[];
}

/** One field of a row that may be damaged elsewhere. */
export interface FieldScan {
  readonly name: string;
  /** Where the quote of its name stands. */
  readonly nameStart: number;
  readonly valueRange: ByteRange;
}

/** Longest name of a field that is looked at; a longer one is none that counts. */
const longestName = 1024;

/**
 * Scans the member that starts with the quote at `at`, as far as it is whole; undefined if no key with a colon stands there.
 * @param limit the value ends before it
 */
export function scanMember(bytes: Buffer, at: number, limit: number = bytes.length): MemberScan | undefined {
  const view = bytes.subarray(0, limit);
  if (view[at] !== jsonByte.quote) return undefined;
  const scan = createByteScan(view);
  const keyEnd = scanString(scan, at);
  if (keyEnd < 0) return undefined;
  const colon = skipWhiteSpace(view, keyEnd);
  if (view[colon] !== jsonByte.colon) return undefined;
  const valueStart = skipWhiteSpace(view, colon + 1);
  const fields: FieldScan[] = [];
  let name = "";
  let nameStart = valueStart;
  let start = valueStart;
  const end = scanValue(scan, valueStart, {
    onName: (level, fieldStart) => {
      if (level !== 1) return;
      const range = { start: scan.nameStart, end: scan.nameEnd };
      nameStart = range.start;
      name = range.end - range.start > longestName ? "" : decodeString(view, range, scan.escaped);
      start = fieldStart;
    },
    onValueEnd: (level, fieldEnd) => {
      if (level === 1) fields.push({ name, nameStart, valueRange: { start, end: fieldEnd } });
    },
  });
  return {
    keyRange: { start: at, end: keyEnd },
    valueStart,
    isObject: view[valueStart] === jsonByte.openBrace,
    end: end < 0 ? undefined : end,
    reached: end < 0 ? (scan.stop?.at ?? limit) : end,
    fields,
  };
}
