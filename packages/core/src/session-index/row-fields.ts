import { createByteScan } from "./byte-scan.ts";
import { decodeString } from "./decode-string.ts";
import type { IndexDocument, IndexRow } from "./index-document.ts";
import type { Member } from "./member-style.ts";
import { scanValue } from "./scan-value.ts";

/** Lists the fields of a row in file order, a field that is there twice included. The row must be understood. */
export function scanRowFields({ bytes }: IndexDocument, row: IndexRow): readonly Member[] {
  if (!row.understood) throw new Error(`the row at byte ${row.valueRange.start} is not understood`);
  const scan = createByteScan(bytes);
  const fields: Member[] = [];
  let named: Pick<Member, "key" | "keyRange"> | undefined;
  let start = 0;
  scanValue(scan, row.valueRange.start, {
    onName: (level, valueStart) => {
      if (level !== 1) return;
      const keyRange = { start: scan.nameStart, end: scan.nameEnd };
      named = { key: decodeString(bytes, keyRange, scan.escaped), keyRange };
      start = valueStart;
    },
    onValueEnd: (level, end) => {
      if (level === 1 && named !== undefined) fields.push({ ...named, valueRange: { start, end } });
    },
  });
  return fields;
}
