import type { IndexDocument, IndexRow } from "./index-document.ts";

/** The rows that count, by session key, in file order. Every key is an ordinary one, `__proto__` and `""` too. */
export function lastRowsByKey(document: IndexDocument): ReadonlyMap<string, IndexRow> {
  const rows = new Map<string, IndexRow>();
  for (const row of document.rows) {
    if (!row.shadowed) rows.set(row.key, row);
  }
  return rows;
}

/** The row that counts for one session key. Takes time linear in the number of rows; for many keys take the map. */
export function findRow(document: IndexDocument, key: string): IndexRow | undefined {
  return document.rows.find((row) => row.key === key && !row.shadowed);
}
