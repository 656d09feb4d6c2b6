import { finding, type Finding } from "../findings/finding.ts";
import type { ByteRange, IndexRow } from "./index-document.ts";

/** Rows with the duplicates among their keys settled, and a finding for each row that does not count. */
export interface SettledRows {
  readonly rows: readonly IndexRow[];
  readonly findings: readonly Finding[];
}

/**
 * Settles duplicate keys: the last row of a key counts, the others are shadowed.
 * If one of them has other bytes than the last, the last is not understood either: nobody can say which was meant.
 */
export function settleDuplicateKeys(bytes: Buffer, rows: readonly IndexRow[]): SettledRows {
  const keys = new Set<string>();
  for (const { key } of rows) keys.add(key);
  if (keys.size === rows.length) return { rows, findings: [] };
  const lastByKey = new Map(rows.map((row) => [row.key, row]));
  const findings: Finding[] = [];
  const contested = new Set<IndexRow>();
  const settled = rows.map((row) => {
    const last = lastByKey.get(row.key) ?? row;
    if (last === row) return row;
    const same = sliceOf(bytes, row.valueRange).equals(sliceOf(bytes, last.valueRange));
    if (!same) contested.add(last);
    const place = { key: row.key, offset: row.keyRange.start };
    const id = same ? "index-duplicate-key" : "index-duplicate-key-conflict";
    findings.push(finding(id, place, { countedOffset: last.keyRange.start }));
    return { ...row, shadowed: true };
  });
  return {
    rows: settled.map((row) => (contested.has(row) ? { ...row, understood: false } : row)),
    findings,
  };
}

function sliceOf(bytes: Buffer, { start, end }: ByteRange): Buffer {
  return bytes.subarray(start, end);
}
