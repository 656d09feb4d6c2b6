import { lastRowsByKey } from "../session-index/find-row.ts";
import type { IndexDocument } from "../session-index/index-document.ts";
import { StoreError } from "../store-error.ts";
import type { BaseRow, SessionsChange } from "./changed-rows.ts";

/**
 * Sees to it that the rows of a change are in an index as they were loaded, byte for byte, and new ones not at all.
 * @param path absolute path of the index, for the error
 * @throws StoreError E_STALE_PLAN with the keys of those that are not
 */
export function requireUnchangedRows(
  path: string,
  { bases, insert }: SessionsChange,
  present: IndexDocument,
): void {
  const rows = lastRowsByKey(present);
  const keys = insert.flatMap(({ key }) => (rows.has(key) ? [key] : []));
  for (const [key, base] of bases) {
    const row = rows.get(key);
    if (row === undefined || !bytesOf({ document: present, row }).equals(bytesOf(base))) keys.push(key);
  }
  if (keys.length > 0) throw clashingRows(path, keys);
}

function bytesOf({ document, row }: BaseRow): Buffer {
  return document.bytes.subarray(row.valueRange.start, row.valueRange.end);
}

function clashingRows(path: string, keys: readonly string[]): StoreError {
  const rows = keys.length === 1 ? `The row ${JSON.stringify(keys[0])}` : `${keys.length} rows`;
  return new StoreError(
    "E_STALE_PLAN",
    `${rows} of ${path} changed since the store was loaded. Nothing was changed by us.`,
    { hint: "Load the store again and repeat the change, or make it in an update.", details: { path, keys } },
  );
}
