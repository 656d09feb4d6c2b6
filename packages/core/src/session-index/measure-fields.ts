import type { ByteRange, IndexDocument } from "./index-document.ts";
import { jsonByte } from "./json-bytes.ts";
import { skipString, skipValue } from "./skip-value.ts";
import { skipWhiteSpace } from "./white-space.ts";

const { quote } = jsonByte;

/** What one field takes of an index. */
export interface FieldMeasure {
  /** How many rows have it. */
  readonly rows: number;
  /** Bytes of its names and values together. */
  readonly bytes: number;
}

/** Names of fields that are shown; any other name is data, and is counted as `*`. */
const plainName = /^[A-Za-z][\w-]{0,63}$/;

interface Measure {
  readonly name: Buffer;
  rows: number;
  bytes: number;
  /** The one that came after it when it was last seen: rows have their fields in the same order. */
  next: Measure | undefined;
}

/** Measures what each field takes in the rows that are understood. One pass; memory grows with the number of names only. */
export function measureFields({ bytes, rows }: IndexDocument): ReadonlyMap<string, FieldMeasure> {
  const measures = new Map<string, Measure>();
  const origin: Measure = { name: Buffer.alloc(0), rows: 0, bytes: 0, next: undefined };
  for (const row of rows) {
    if (!row.understood) continue;
    const { valueRange, bulk } = row;
    let last = origin;
    // A row that is understood is an object, of members that are JSON.
    let start = skipWhiteSpace(bytes, valueRange.start + 1);
    while (bytes[start] === quote) {
      const end = skipString(bytes, start);
      const colonAt = skipWhiteSpace(bytes, end);
      const valueStart = skipWhiteSpace(bytes, colonAt + 1);
      const valueEnd = valueStart === bulk?.start ? bulk.end : skipValue(bytes, valueStart);
      const guess = last.next;
      const found =
        guess !== undefined && isAt(bytes, guess.name, { start, end })
          ? guess
          : measureOf(measures, bytes.subarray(start, end));
      found.rows += 1;
      found.bytes += valueEnd - start;
      last.next = found;
      last = found;
      start = skipWhiteSpace(bytes, skipWhiteSpace(bytes, valueEnd) + 1);
    }
  }
  return withPlainNames(measures);
}

function isAt(bytes: Buffer, name: Buffer, { start, end }: ByteRange): boolean {
  if (end - start !== name.length) return false;
  for (let at = 0; at < name.length; at += 1) if (bytes[start + at] !== name[at]) return false;
  return true;
}

/** @param name with its quotes */
function measureOf(measures: Map<string, Measure>, name: Buffer): Measure {
  const text = name.toString("latin1");
  const known = measures.get(text);
  if (known !== undefined) return known;
  const made = { name, rows: 0, bytes: 0, next: undefined };
  measures.set(text, made);
  return made;
}

function withPlainNames(measures: ReadonlyMap<string, FieldMeasure>): ReadonlyMap<string, FieldMeasure> {
  const shown = new Map<string, FieldMeasure>();
  for (const [name, { rows, bytes }] of measures) {
    const unquoted = name.slice(1, -1);
    const plain = plainName.test(unquoted) ? unquoted : "*";
    const known = shown.get(plain) ?? { rows: 0, bytes: 0 };
    shown.set(plain, { rows: known.rows + rows, bytes: known.bytes + bytes });
  }
  return shown;
}
