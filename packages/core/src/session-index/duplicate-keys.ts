import { finding, type Finding } from "../findings/finding.ts";
import type { ByteRange } from "./index-document.ts";
import type { ScannedRow } from "./scanned-row.ts";

/**
 * Settles duplicate keys: the last row of a key counts, the others are marked as shadowed. If one of them has other bytes than
 * the last, the last is marked as not understood either: nobody can say which was meant.
 * @returns a finding for each row that does not count
 */
export function settleDuplicateKeys(bytes: Buffer, rows: readonly ScannedRow[]): readonly Finding[] {
  const keys = new Set<string>();
  for (const { key } of rows) keys.add(key);
  if (keys.size === rows.length) return [];
  const lastByKey = new Map(rows.map((row) => [row.key, row]));
  const findings: Finding[] = [];
  for (const row of rows) {
    const last = lastByKey.get(row.key) ?? row;
    if (last === row) continue;
    row.shadowed = true;
    const same = sliceOf(bytes, row.valueRange).equals(sliceOf(bytes, last.valueRange));
    if (!same) last.understood = false;
    const place = { key: row.key, offset: row.keyRange.start };
    const id = same ? "index-duplicate-key" : "index-duplicate-key-conflict";
    findings.push(finding(id, place, { countedOffset: last.keyRange.start }));
  }
  return findings;
}

function sliceOf(bytes: Buffer, { start, end }: ByteRange): Buffer {
  return bytes.subarray(start, end);
}
