import { type IndexRow, normalizeAgentId, parseRowTime, rowSha256 } from "@sessionsmith/core";
import type { Mend } from "../repair-domain.ts";
import type { RepairStore } from "../repair-store.ts";
import type { RowEdit } from "../row-edit.ts";
import { recoveredKey } from "./recovered-key.ts";

/** What becomes of keys that stand in the index more than once. */
export interface SettledDuplicates {
  readonly edits: readonly RowEdit[];
  readonly mends: readonly Mend[];
}

/**
 * Lets each key stand once: its freshest row keeps it, the last one of equally fresh ones. Another row of the same key that is of
 * another session, whose transcript is there, goes on under a key of its own; one of the same session has nothing that is not in
 * the index before the operation.
 */
export function settleDuplicates({ snapshot, target }: RepairStore): SettledDuplicates {
  const { document } = snapshot;
  const shadowed = document.rows.filter((row) => row.shadowed);
  if (shadowed.length === 0) return { edits: [], mends: [] };
  const keys = new Set(shadowed.map(({ key }) => key));
  const taken = new Set(document.rows.map(({ key }) => key));
  const inUse = new Set(
    document.rows.flatMap(({ key, sessionId }) => (keys.has(key) ? [] : (sessionId ?? []))),
  );
  const edits: RowEdit[] = [];
  const mends: Mend[] = [];
  for (const key of keys) {
    const rows = document.rows.filter((row) => row.key === key);
    const keep = freshest(rows);
    const distinct = new Set(rows.map((row) => rowSha256(document, row))).size;
    const reasons = distinct === 1 ? ["duplicate-equal"] : ["freshest-of-duplicates"];
    edits.push({ kind: "settle", key, keep, reasons });
    mends.push({
      domain: "index",
      what: "duplicate-settled",
      key,
      ...idOf(keep),
      count: rows.length - 1,
      reasons,
    });
    inUse.add(keep.sessionId ?? "");
    for (const row of rows.toReversed()) {
      const { sessionId } = row;
      if (sessionId === undefined || inUse.has(sessionId) || !snapshot.files.has(`${sessionId}.jsonl`))
        continue;
      inUse.add(sessionId);
      const newKey = recoveredKey(normalizeAgentId(target.agentId), sessionId, taken);
      taken.add(newKey);
      const { start } = row.keyRange;
      const text = document.bytes.toString("utf8", start, row.valueRange.end);
      const afterKey = text.slice(document.bytes.toString("utf8", start, row.keyRange.end).length);
      const why = [`duplicate-of:${key}`];
      edits.push({
        kind: "add",
        key: newKey,
        sessionId,
        member: JSON.stringify(newKey) + afterKey,
        reasons: why,
      });
      mends.push({
        domain: "index",
        what: "row-kept-beside",
        key: newKey,
        sessionId,
        from: key,
        reasons: why,
      });
    }
  }
  return { edits, mends };
}

function idOf({ sessionId }: IndexRow): Pick<Mend, "sessionId"> {
  return sessionId === undefined ? {} : { sessionId };
}

function freshest(rows: readonly IndexRow[]): IndexRow {
  return rows.reduce((best, row) => (updatedAtMs(row) >= updatedAtMs(best) ? row : best));
}

function updatedAtMs({ updatedAt }: IndexRow): number {
  const time = parseRowTime(updatedAt);
  return time.known ? time.atMs : 0;
}
