import { join } from "node:path";
import { type Host, parseRow, readLastActivity } from "@sessionsmith/core";
import { fileAgeMs } from "../../file-age.ts";
import type { RepairStore } from "../repair-store.ts";
import type { RowEdit } from "../row-edit.ts";

/**
 * Gives rows of which only the beginning was whole the time of their last update, if that was lost: by the last record of their
 * transcript, or by its file.
 */
export function completeRows({ fs }: Pick<Host, "fs">, store: RepairStore, now: number): readonly RowEdit[] {
  const { document, files, realDir, rows } = store.snapshot;
  return rows.flatMap(({ row, transcript }): readonly RowEdit[] => {
    const isPart = store.trails.get(row.key)?.reasons.includes("fields-before-damage") === true;
    if (!isPart || transcript.state !== "present" || parseRow(document, row)?.["updatedAt"] !== undefined)
      return [];
    const file = files.get(transcript.name);
    if (file === undefined) return [];
    const last = readLastActivity(fs, join(realDir, transcript.name))?.atMs;
    const updatedAt = last ?? now - fileAgeMs(file, now);
    const reasons = [last === undefined ? "time-from:file" : "time-from:last-record"];
    return [{ kind: "change", key: row.key, change: { fields: { updatedAt } }, reasons }];
  });
}
