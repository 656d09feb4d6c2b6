import { createByteScan } from "./byte-scan.ts";
import type { IndexDocument } from "./index-document.ts";
import { scanValue } from "./scan-value.ts";

/** What one field takes of an index. */
export interface FieldMeasure {
  /** How many rows have it. */
  readonly rows: number;
  /** Bytes of its names and values together. */
  readonly bytes: number;
}

/** Names of fields that are shown; any other name is data, and is counted as `*`. */
const plainName = /^[A-Za-z][\w-]{0,63}$/;

/** Measures what each field takes in the rows that are understood. One pass; memory grows with the number of names only. */
export function measureFields({ bytes, rows }: IndexDocument): ReadonlyMap<string, FieldMeasure> {
  const measures = new Map<string, { rows: number; bytes: number }>();
  const scan = createByteScan(bytes);
  let start = 0;
  let end = 0;
  const listener = {
    onName: (level: number) => {
      if (level !== 1) return;
      start = scan.nameStart;
      end = scan.nameEnd;
    },
    onValueEnd: (level: number, valueEnd: number) => {
      if (level !== 1) return;
      const name = bytes.toString("latin1", start + 1, end - 1);
      const known = measures.get(name);
      if (known === undefined) measures.set(name, { rows: 1, bytes: valueEnd - start });
      else {
        known.rows += 1;
        known.bytes += valueEnd - start;
      }
    },
  };
  for (const { understood, valueRange } of rows) if (understood) scanValue(scan, valueRange.start, listener);
  return withPlainNames(measures);
}

function withPlainNames(measures: ReadonlyMap<string, FieldMeasure>): ReadonlyMap<string, FieldMeasure> {
  const shown = new Map<string, FieldMeasure>();
  for (const [name, { rows, bytes }] of measures) {
    const plain = plainName.test(name) ? name : "*";
    const known = shown.get(plain) ?? { rows: 0, bytes: 0 };
    shown.set(plain, { rows: known.rows + rows, bytes: known.bytes + bytes });
  }
  return shown;
}
