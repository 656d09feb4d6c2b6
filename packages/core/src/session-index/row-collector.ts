import { createHash } from "node:crypto";
import { finding, type Finding } from "../findings/finding.ts";
import { startRow, type ByteScan } from "./byte-scan.ts";
import { decodeString } from "./decode-string.ts";
import { escapedHotFieldOf, hotFieldOf, type HotField } from "./hot-field.ts";
import type { ByteRange } from "./index-document.ts";
import { jsonByte } from "./json-bytes.ts";
import { maxKeyBytes, maxRowBytes, rowTroubles, spelledBytes } from "./row-troubles.ts";
import { ScannedRow } from "./scanned-row.ts";
import type { MemberListener } from "./scan-value.ts";

/**
 * Makes the rows of an index while its root object is scanned.
 * A class, because it is called for every field of every row: what it knows of the current row sits in plain properties.
 */
export class RowCollector implements MemberListener {
  /** Every member of the root in file order, none of them shadowed yet. */
  readonly rows: ScannedRow[] = [];
  /** What was found in the rows, in the same order. */
  readonly findings: Finding[] = [];
  readonly #scan: ByteScan;
  #key = "";
  #keyRange: ByteRange = { start: 0, end: 0 };
  #valueStart = 0;
  #field: HotField | undefined;
  #fieldStart = 0;
  #sessionIdAt: number | undefined;
  #updatedAt: number | string | undefined;
  #sessionFileAt: number | undefined;
  #mayNameMore = false;
  #bulkStart = 0;
  #bulkEnd = 0;

  constructor(scan: ByteScan) {
    this.#scan = scan;
  }

  onName(level: number, valueStart: number): void {
    const { bytes, nameStart, nameEnd, escaped } = this.#scan;
    if (level === 1) {
      this.#startRow({ start: nameStart, end: nameEnd }, valueStart);
    } else {
      this.#field = (escaped ? escapedHotFieldOf : hotFieldOf)(bytes, nameStart, nameEnd);
      this.#fieldStart = valueStart;
    }
  }

  onValueEnd(level: number, end: number): void {
    if (level === 1) this.#finishRow({ start: this.#valueStart, end });
    else if (this.#field !== undefined) this.#takeField(this.#field, { start: this.#fieldStart, end });
  }

  #startRow(keyRange: ByteRange, valueStart: number): void {
    this.#key = keyIn(this.#scan, keyRange);
    this.#keyRange = keyRange;
    this.#valueStart = valueStart;
    this.#field = undefined;
    this.#sessionIdAt = undefined;
    this.#updatedAt = undefined;
    this.#sessionFileAt = undefined;
    this.#mayNameMore = false;
    this.#bulkStart = 0;
    this.#bulkEnd = 0;
  }

  /** Takes a field as often as it is there, so that the last one counts, as with JSON.parse. */
  #takeField(field: HotField, range: ByteRange): void {
    const scan = this.#scan;
    if (field === "sessionId") this.#sessionIdAt = textStart(scan, range);
    else if (field === "updatedAt") this.#updatedAt = textIn(scan, range) ?? numberIn(scan, range);
    else if (field === "sessionFile") this.#sessionFileAt = textStart(scan, range);
    else if (field === "skillsSnapshot" || field === "systemPromptReport") this.#takeBulk(range);
    else this.#mayNameMore = true;
  }

  #takeBulk({ start, end }: ByteRange): void {
    if (end - start <= this.#bulkEnd - this.#bulkStart) return;
    this.#bulkStart = start;
    this.#bulkEnd = end;
  }

  #finishRow(valueRange: ByteRange): void {
    const scan = this.#scan;
    const key = this.#key;
    const keyRange = this.#keyRange;
    const troubles = rowTroubles(scan, keyRange, valueRange);
    for (const { id, offset } of troubles) this.findings.push(finding(id, { key, offset }));
    this.rows.push(
      new ScannedRow(scan.bytes, {
        key,
        keyRange,
        valueRange,
        understood: troubles.length === 0,
        sessionIdAt: this.#sessionIdAt,
        updatedAt: this.#updatedAt,
        sessionFileAt: this.#sessionFileAt,
        mayNameMore: this.#mayNameMore,
        bulkStart: this.#bulkStart,
        bulkEnd: this.#bulkEnd,
      }),
    );
    startRow(scan);
  }
}

/** A key that is too long is not loaded: a text made from its bytes stands for it, so that it still has an identity. */
function keyIn({ bytes, escaped }: ByteScan, range: ByteRange): string {
  const length = spelledBytes(range);
  if (length <= maxKeyBytes) return decodeString(bytes, range, escaped);
  const spelled = bytes.subarray(range.start + 1, range.end - 1);
  return `(key of ${length} bytes, sha256 ${createHash("sha256").update(spelled).digest("hex")})`;
}

/** Where the value opens if it is a string. One that is larger than a row may be names no session and no file. */
function textStart({ bytes }: ByteScan, { start, end }: ByteRange): number | undefined {
  return bytes[start] !== jsonByte.quote || end - start > maxRowBytes ? undefined : start;
}

function textIn(scan: ByteScan, range: ByteRange): string | undefined {
  return textStart(scan, range) === undefined ? undefined : decodeString(scan.bytes, range, scan.escaped);
}

/** The value if it is a number, as JSON.parse gives it. */
function numberIn({ bytes }: ByteScan, { start, end }: ByteRange): number | undefined {
  const first = bytes[start] ?? 0;
  const isNumber = first === jsonByte.minus || (first >= jsonByte.zero && first <= jsonByte.nine);
  if (!isNumber || end - start > maxRowBytes) return undefined;
  return smallInteger(bytes, start, end) ?? Number(bytes.toString("latin1", start, end));
}

/** Digits that always make an integer which a double holds. */
const exactDigits = 15;

/** The value of a number of a few digits and nothing else, such as every time in milliseconds is. */
function smallInteger(bytes: Buffer, start: number, end: number): number | undefined {
  if (end - start > exactDigits) return undefined;
  let value = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < jsonByte.zero || byte > jsonByte.nine) return undefined;
    value = value * 10 + byte - jsonByte.zero;
  }
  return value;
}
