import {
  isManagedEntry,
  parseRow,
  parseRowTime,
  type RowFacts,
  type StoreSnapshot,
} from "@sessionsmith/core";
import { editRows } from "../edit-rows.ts";
import type { Mend } from "../repair-domain.ts";
import type { RepairRequest } from "../repair-request.ts";
import { type RepairStore, withPlanned } from "../repair-store.ts";
import type { RowEdit } from "../row-edit.ts";
import { type CandidateRow, freshestByKey } from "./index-candidates.ts";

const dayMs = 24 * 60 * 60_000;

/**
 * Brings rows back from where copies of them are: one that a damaged index has lost, if its transcript is still there; and a fresher
 * copy of one that it has. A row that was removed on purpose has no transcript any more, and stays away.
 */
export function restoreRows(
  store: RepairStore,
  request: Pick<RepairRequest, "host" | "now">,
  candidates: readonly CandidateRow[],
): RepairStore {
  const present = new Map(store.snapshot.rows.map((facts) => [facts.row.key, facts]));
  const chosen = [...freshestByKey(candidates).values()];
  const lost = chosen.filter(({ key }) => !present.has(key));
  const edits = [
    ...chosen.filter((row) => isFresher(row, present.get(row.key), request.now)).map(replaceRow),
    ...wanted(lost, store, request).map(addRow),
  ];
  const mends = edits.map(mendOf);
  return withPlanned(editRows(store, request, edits), { mends });
}

function isFresher({ atMs, whole }: CandidateRow, facts: RowFacts | undefined, now: number): boolean {
  if (facts === undefined || atMs === undefined || !whole || atMs > now + dayMs) return false;
  const time = parseRowTime(facts.row.updatedAt);
  return time.known && atMs > time.atMs;
}

/** What the directory says about the rows is asked as if they all were there. */
function wanted(
  lost: readonly CandidateRow[],
  store: RepairStore,
  request: Pick<RepairRequest, "host" | "now">,
): readonly CandidateRow[] {
  if (lost.length === 0) return [];
  const { snapshot } = editRows(store, request, lost.map(addRow));
  const facts = new Map(snapshot.rows.map((one) => [one.row.key, one]));
  return lost.filter((row) => {
    const found = facts.get(row.key);
    if (found === undefined) return false;
    if (!row.whole) return row.sessionId !== undefined;
    return isManaged(found, snapshot) || (hasTranscript(found) && !isElsewhere(row, found, store.snapshot));
  });
}

function isManaged({ row }: RowFacts, { document }: StoreSnapshot): boolean {
  const entry = parseRow(document, row);
  return entry !== undefined && isManagedEntry(entry);
}

function hasTranscript({ transcript }: RowFacts): boolean {
  return transcript.state === "present" || transcript.state === "outside";
}

/** True if the session goes on under another key by now; a run and its job share one rightly. */
function isElsewhere(
  { key }: CandidateRow,
  { transcript }: RowFacts,
  { references }: StoreSnapshot,
): boolean {
  if (transcript.state !== "present") return false;
  const keys = references.rowsByFile.get(transcript.name) ?? [];
  return keys.some((other) => !key.startsWith(`${other}:`) && !other.startsWith(`${key}:`));
}

function addRow({ key, sessionId, member, source, whole }: CandidateRow): RowEdit {
  const reasons = [whole ? `row-from:${source}` : "fields-before-damage"];
  return { kind: "add", key, sessionId, member, reasons };
}

function replaceRow({ key, member, source }: CandidateRow): RowEdit {
  return { kind: "replace", key, member, reasons: [`fresher-row-from:${source}`] };
}

function mendOf(edit: RowEdit): Mend {
  const id = edit.kind === "add" && edit.sessionId !== undefined ? { sessionId: edit.sessionId } : {};
  const what = edit.kind === "add" ? "row-restored" : "row-replaced";
  return { domain: "index", what, key: edit.key, ...id, reasons: edit.reasons };
}
