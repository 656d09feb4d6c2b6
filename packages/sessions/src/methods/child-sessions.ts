import { parseRow, readEntryText } from "@sessionsmith/core";
import type { SearchedStore } from "../find/find-sessions.ts";

/** Session key -> keys of the sessions that name it as the one that spawned them, or as their parent. Parses every row. */
export function childSessions(stores: readonly SearchedStore[]): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  for (const { document } of stores) {
    for (const row of document.rows) {
      const entry = row.shadowed ? undefined : parseRow(document, row);
      if (entry === undefined) continue;
      const parents = new Set([readEntryText(entry, "spawnedBy"), readEntryText(entry, "parentSessionKey")]);
      for (const parent of parents) {
        if (parent === undefined || parent === row.key) continue;
        const known = children.get(parent);
        if (known === undefined) children.set(parent, [row.key]);
        else known.push(row.key);
      }
    }
  }
  return children;
}
