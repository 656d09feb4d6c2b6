import type { ReadFs } from "../disk/read-fs.ts";
import { isJsonEqual } from "../json-equal.ts";
import type { RowChange, RowDecision } from "../plan/decision.ts";
import type { PlanPart } from "../plan/plan.ts";
import { renamesOf } from "../plan/renames-of.ts";
import { corruptIndexError } from "../session-index/corrupt-index-error.ts";
import { lastRowsByKey } from "../session-index/find-row.ts";
import type { IndexDocument, IndexRow } from "../session-index/index-document.ts";
import { parseRow } from "../session-index/parse-row.ts";
import { readIndex } from "../session-index/read-index.ts";

/**
 * The keys of rows that another program has written back since a part was carried out, as a gateway may that keeps rows in memory:
 * removed and renamed ones that are there again, added ones that are gone, and ones that have not the fields that they were given.
 * Reads the index once, if the part changed any row.
 * @throws StoreError E_CORRUPT_INDEX if the index can't be read any more
 */
export function returnedKeys(fs: ReadFs, { rows, store }: PlanPart): readonly string[] {
  const given = new Set(renamesOf(rows).values());
  // A key that another row was given is taken by right.
  const touched = rows.filter(
    (decision) => isTouched(decision) && !(isGone(decision) && given.has(decision.key)),
  );
  if (touched.length === 0) return [];
  const read = readIndex(fs, store.indexPath);
  if (read.state === "unreadable") throw corruptIndexError(store.indexPath, read.failure);
  if (read.state === "absent") return [];
  const { document } = read;
  const present = lastRowsByKey(document);
  return touched.flatMap((decision) =>
    isBack(decision, present.get(decision.key), document) ? [decision.key] : [],
  );
}

function isTouched({ action, change }: RowDecision): boolean {
  return action !== "keep" || change !== undefined;
}

/** True for a row whose key nobody has any more. */
function isGone({ action, change }: RowDecision): boolean {
  return action === "keep" ? change?.key !== undefined : action !== "add" && action !== "restore";
}

function isBack(decision: RowDecision, row: IndexRow | undefined, document: IndexDocument): boolean {
  if (isGone(decision)) return row !== undefined;
  if (row === undefined) return decision.action === "add";
  return decision.action === "keep" && hasLost(decision.change, row, document);
}

/** A row that its owner has removed meanwhile has lost nothing. */
function hasLost(change: RowChange | undefined, row: IndexRow, document: IndexDocument): boolean {
  const entry = parseRow(document, row);
  if (entry === undefined) return false;
  const { fields = {}, cleared = [] } = change ?? {};
  return (
    Object.entries(fields).some(([name, value]) => !isJsonEqual(entry[name], value)) ||
    cleared.some((name) => Object.hasOwn(entry, name))
  );
}
