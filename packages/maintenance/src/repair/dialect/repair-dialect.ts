import { type JsonValue, parseRowTime } from "@sessionsmith/core";
import { editRows } from "../edit-rows.ts";
import { changeableRows } from "../keys/key-claim.ts";
import type { Mend } from "../repair-domain.ts";
import type { RepairRequest } from "../repair-request.ts";
import type { RepairStore } from "../repair-store.ts";
import type { RowEdit } from "../row-edit.ts";
import { convertTranscripts } from "./convert-transcripts.ts";
import { pythonRowChange } from "./python-row.ts";

/** Converts the rows of all stores, and then their transcripts; of stores that share a directory, the first one has them. */
export function repairDialect(
  stores: readonly RepairStore[],
  request: RepairRequest,
): readonly RepairStore[] {
  const seen = new Set<string>();
  return stores.map((store) => {
    const converted = convertRows(store, request);
    const { realDir } = store.snapshot;
    return seen.size === seen.add(realDir).size ? converted : convertTranscripts(converted, request);
  });
}

/**
 * Makes rows of OpenClaw of the rows that other programs wrote into its place: in those of openclaw-python it finds neither session nor
 * time, and a time in seconds, microseconds or as text it takes for another one.
 */
function convertRows(store: RepairStore, request: RepairRequest): RepairStore {
  const edits = changeableRows(store).flatMap(([{ row }, entry]): readonly RowEdit[] => {
    const change = pythonRowChange(entry);
    const time = timeInMs(change?.fields?.["updatedAt"] ?? entry["updatedAt"]);
    if (change === undefined && time === undefined) return [];
    const fields = { ...change?.fields, ...(time === undefined ? {} : { updatedAt: time }) };
    const reasons = [
      ...(change === undefined ? [] : ["entry-snake-case"]),
      ...(time === undefined ? [] : ["updated-at-unit"]),
    ];
    return [{ kind: "change", key: row.key, change: { ...change, fields }, reasons }];
  });
  const mends = edits.map(({ key, reasons }): Mend => ({
    domain: "dialect",
    what: "row-converted",
    key,
    reasons,
  }));
  const done = editRows(store, request, edits);
  return { ...done, mends: [...done.mends, ...mends] };
}

/** The same moment in epoch ms; undefined if it is that already, or if nobody can say which moment is meant. */
function timeInMs(value: JsonValue | undefined): number | undefined {
  const time = parseRowTime(value);
  if (!time.known || time.unit === "ms") return undefined;
  // What then reads as seconds again was no time of a session.
  const again = parseRowTime(time.atMs);
  return again.known && again.unit === "ms" ? time.atMs : undefined;
}
