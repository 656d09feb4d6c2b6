import {
  appendMembersEdit,
  composeEdits,
  dropMembersEdits,
  type IndexDocument,
  indexChangeOf,
  indexEdits,
  lastRowsByKey,
  type RowDecision,
  scanIndex,
  type SpliceEdit,
  spliceIndex,
} from "@sessionsmith/core";
import type { RepairRequest } from "./repair-request.ts";
import { type RepairStore, withIndex } from "./repair-store.ts";
import type { RowEdit, RowTrail } from "./row-edit.ts";

/**
 * Carries changes of rows out on the planned index of a store: first what changes and leaves, then what is settled and replaced,
 * and what comes at last. All other rows keep their bytes. Without changes it is the same store.
 */
export function editRows(
  store: RepairStore,
  request: Pick<RepairRequest, "host" | "now">,
  edits: readonly RowEdit[],
): RepairStore {
  if (edits.length === 0) return store;
  const passes = [changeEdits, settleEdits, replaceEdits, addEdits];
  let index = { document: store.snapshot.document, edits: store.edits };
  for (const pass of passes) index = edited(store, index, pass(index.document, edits));
  const { trails, leaving } = followAll(store, edits);
  return { ...withIndex(store, request, index), trails, leaving };
}

function edited(
  { base }: RepairStore,
  index: { readonly document: IndexDocument; readonly edits: readonly SpliceEdit[] },
  more: readonly SpliceEdit[],
): typeof index {
  if (more.length === 0) return index;
  const scan = scanIndex(Buffer.concat(spliceIndex(index.document.bytes, more)), base.store.indexPath);
  if (!scan.readable) throw new Error(`edits make no index: ${scan.failure.problem}`);
  return { document: scan.document, edits: composeEdits(base.store.index.size, index.edits, more) };
}

function changeEdits(document: IndexDocument, edits: readonly RowEdit[]): readonly SpliceEdit[] {
  const decisions = edits.flatMap((edit): readonly RowDecision[] => {
    const common = { sessionId: undefined, reasons: [], ageMs: null };
    if (edit.kind === "change") return [{ ...common, key: edit.key, action: "keep", change: edit.change }];
    const leaves = edit.kind === "move-store" || edit.kind === "drop-alias";
    return leaves ? [{ ...common, key: edit.key, action: edit.kind }] : [];
  });
  return indexEdits(document, indexChangeOf(decisions) ?? {});
}

function settleEdits(document: IndexDocument, edits: readonly RowEdit[]): readonly SpliceEdit[] {
  const kept = new Map(
    edits.flatMap((edit) => (edit.kind === "settle" ? [[edit.key, edit.keep] as const] : [])),
  );
  if (kept.size === 0) return [];
  const leaving = document.rows.filter((row) => {
    const keep = kept.get(row.key);
    return keep !== undefined && row.keyRange.start !== keep.keyRange.start;
  });
  return dropMembersEdits(document, new Set(leaving));
}

function replaceEdits(document: IndexDocument, edits: readonly RowEdit[]): readonly SpliceEdit[] {
  const members = new Map(
    edits.flatMap((edit) => (edit.kind === "replace" ? [[edit.key, edit.member] as const] : [])),
  );
  if (members.size === 0) return [];
  return [...lastRowsByKey(document).values()].flatMap(({ key, keyRange, valueRange }) => {
    const insert = members.get(key);
    if (insert === undefined) return [];
    return [{ at: keyRange.start, remove: valueRange.end - keyRange.start, insert }];
  });
}

function addEdits(document: IndexDocument, edits: readonly RowEdit[]): readonly SpliceEdit[] {
  return appendMembersEdit(
    document,
    edits.flatMap((edit) => (edit.kind === "add" ? [edit.member] : [])),
  );
}

/** All trails leave their old keys before any takes its new one: two rows may change places. */
function followAll(
  store: Pick<RepairStore, "leaving" | "trails">,
  edits: readonly RowEdit[],
): Pick<RepairStore, "leaving" | "trails"> {
  const trails = new Map(store.trails);
  const leaving = [...store.leaving];
  const followed = edits.map((edit) => [edit, trailAfter(edit, store.trails)] as const);
  for (const { key, kind } of edits) if (kind !== "add") trails.delete(key);
  for (const [edit, trail] of followed) {
    if (edit.kind === "move-store" || edit.kind === "drop-alias") leaving.push({ ...trail, left: edit.kind });
    else trails.set(edit.kind === "change" ? (edit.change.key ?? edit.key) : edit.key, trail);
  }
  return { trails, leaving };
}

function trailAfter(edit: RowEdit, trails: ReadonlyMap<string, RowTrail>): RowTrail {
  if (edit.kind === "add") {
    const { sessionId, reasons } = edit;
    return { formerKey: undefined, sessionId, reasons, fields: {}, cleared: [] };
  }
  const trail = trails.get(edit.key);
  if (trail === undefined) throw new Error("a change of a row that is not there");
  const reasons = [...trail.reasons, ...edit.reasons];
  if (edit.kind !== "change") return { ...trail, reasons };
  const { fields = {}, cleared = [] } = edit.change;
  return {
    ...trail,
    reasons,
    fields: { ...trail.fields, ...fields },
    cleared: [...trail.cleared, ...cleared],
  };
}
