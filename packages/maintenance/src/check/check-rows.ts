import { parseRow } from "@sessionsmith/core";
import { inspectEntry } from "@sessionsmith/core/entry";
import type { StoreCheck } from "./check-input.ts";

/** Looks at the fields of every row that counts and is understood: their types, their spelling, their words. */
export const checkRows: StoreCheck = ({ survey: { snapshot } }) => {
  if (snapshot === undefined) return [];
  const { document, target } = snapshot;
  return snapshot.rows.flatMap(({ row }) => {
    const entry = parseRow(document, row);
    if (entry === undefined) return [];
    return inspectEntry(entry, { path: target.indexPath, key: row.key }).findings;
  });
};
