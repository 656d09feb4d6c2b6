import { classifySessionId, parseRow, type RowFacts } from "@sessionsmith/core";
import { inspectEntry } from "@sessionsmith/core/entry";
import type { StoreCheck } from "./check-input.ts";

/**
 * Looks at the fields of rows: their types, their spelling, their words. Of rows that are understood and count, a deep check looks at
 * all, any other at those whose session id or time is not as it should be.
 */
export const checkRows: StoreCheck = ({ survey: { snapshot }, deep }) => {
  if (snapshot === undefined) return [];
  const { document, target } = snapshot;
  return snapshot.rows.flatMap((facts) => {
    if (!deep && isPlain(facts)) return [];
    const { row } = facts;
    const entry = parseRow(document, row);
    if (entry === undefined) return [];
    return inspectEntry(entry, { path: target.indexPath, key: row.key }).findings;
  });
};

/** True for a row that has what every decision needs; told without parsing it. */
function isPlain({ row, time }: RowFacts): boolean {
  const hasTime = time.known && time.unit === "ms";
  return hasTime && row.sessionId !== undefined && classifySessionId(row.sessionId) === "file-name";
}
