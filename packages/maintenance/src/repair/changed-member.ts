import {
  type IndexDocument,
  indexEdits,
  type IndexRow,
  type JsonValue,
  type RowChange,
  scanIndex,
  spliceIndex,
} from "@sessionsmith/core";

/** The member of a row, key and value, with another key and other fields; all else keeps its bytes. */
export function changedMember(
  { bytes }: IndexDocument,
  { keyRange, valueRange }: IndexRow,
  { key, fields = {}, cleared = [] }: RowChange,
): string {
  const alone = Buffer.concat([
    Buffer.from("{"),
    bytes.subarray(keyRange.start, valueRange.end),
    Buffer.from("}"),
  ]);
  const scan = scanIndex(alone);
  const row = scan.readable ? scan.document.rows[0] : undefined;
  if (!scan.readable || row === undefined) throw new Error("a row that can be read alone can't be read");
  const changes = new Map<string, JsonValue | undefined>([
    ...Object.entries(fields),
    ...cleared.map((name) => [name, undefined] as const),
  ]);
  const edits = indexEdits(scan.document, {
    ...(changes.size === 0 ? {} : { replace: new Map([[row.key, changes]]) }),
    ...(key === undefined || key === row.key ? {} : { rekey: new Map([[row.key, key]]) }),
  });
  return Buffer.concat(spliceIndex(alone, edits)).toString("utf8").slice(1, -1);
}
