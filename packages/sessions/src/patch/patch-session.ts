import { entryLabel, type JsonObject, parseRow, type StoreSnapshot } from "@sessionsmith/core";
import { applyChange, type ChangeOptions, type SettledChange } from "../change/apply-change.ts";
import { type Answered, type ChangeFrame, changeFrame } from "../change/change-frame.ts";
import { entryAfter } from "../change/entry-after.ts";
import { type OrderedRow, requireRow, rowOfOrder } from "../change/row-of-order.ts";
import { scanForChange, scanOrCreate } from "../change/scan-for-change.ts";
import type { StoreScope } from "../change/store-scope.ts";
import { type ResolvedModel, resolvedModel } from "./resolved-model.ts";
import { patchChanges } from "./patch-changes.ts";

/** What is to be changed in a row. */
export interface PatchOrder {
  /** Session key as it stands in the index. */
  readonly key: string;
  /** New values by field; null clears. */
  readonly patch: JsonObject;
  /** True adds the row if there is none, as a gateway does; otherwise that is E_NOT_FOUND. */
  readonly orCreate?: boolean;
}

/** What came of a patch. */
export interface PatchAnswer extends ChangeFrame {
  readonly ok: true;
  /** Absolute path of the index. */
  readonly path: string;
  readonly key: string;
  /** The row as it is now, or would be. */
  readonly entry: JsonObject;
  readonly resolved: ResolvedModel;
}

/**
 * Changes fields of a row by the rules of OpenClaw 2026.5.28's `sessions.patch`, and its `updatedAt`. All other fields keep their
 * bytes. A row that names no session gets a new id, and loses its label and display name, as there.
 * @throws StoreError E_USAGE for a field or value that is not allowed; E_NOT_FOUND; E_REFUSED for a row that is not understood;
 * and as `applyChange` does
 */
export async function patchSession(
  scope: StoreScope,
  order: PatchOrder,
  options: ChangeOptions = {},
): Promise<Answered<PatchAnswer>> {
  const { host, target } = scope;
  const sessionId = host.ids.uuid();
  const create = order.orCreate === true;
  const applied = await applyChange(scope, () => settle(scope, order, sessionId), { ...options, create });
  const entry = applied.about;
  const resolved = resolvedModel(entry, order.key, scope);
  const frame = changeFrame(applied);
  return {
    answer: { ok: true, path: target.indexPath, key: order.key, entry, resolved, ...frame },
    applied,
  };
}

function settle(
  scope: StoreScope,
  { key, patch, orCreate = false }: PatchOrder,
  newId: string,
): SettledChange<JsonObject> {
  const now = scope.host.clock.now();
  const snapshot = orCreate ? scanOrCreate(scope, now) : scanForChange(scope, now);
  const ordered = orCreate ? rowOfOrder(snapshot, key) : requireRow(snapshot, key);
  const fresh = freshFields(ordered, { newId, now });
  const entry = ordered?.entry ?? {};
  const isLabelTaken = (label: string) => hasLabel(snapshot, key, label);
  const judged = patchChanges(patch, { key, entry, isLabelTaken });
  const fields = { ...fresh.fields, ...judged.fields };
  const cleared = [...fresh.cleared, ...judged.cleared].filter((name) => !Object.hasOwn(fields, name));
  const base = { command: "patch", policy: { key, fields: Object.keys(patch).toSorted() }, now };
  if (ordered === undefined) {
    const added = [{ key, value: fields, reason: "patch" }];
    return {
      snapshot,
      change: { ...base, turns: new Map(), added },
      besideGateway: true,
      about: fields,
    };
  }
  const turn = { action: "change", reason: "patch", fields, cleared } as const;
  return {
    snapshot,
    change: { ...base, turns: new Map([[key, turn]]) },
    besideGateway: true,
    about: entryAfter(entry, turn),
  };
}

/** What a patch does whatever it asks for. Activity never goes back. */
function freshFields(
  ordered: OrderedRow | undefined,
  { newId, now }: { readonly newId: string; readonly now: number },
): { readonly fields: JsonObject; readonly cleared: readonly string[] } {
  if (ordered === undefined) return { fields: { sessionId: newId, updatedAt: now }, cleared: [] };
  const { row } = ordered.facts;
  const updatedAt = typeof row.updatedAt === "number" ? Math.max(row.updatedAt, now) : now;
  return row.sessionId === undefined
    ? { fields: { sessionId: newId, updatedAt }, cleared: ["label", "displayName"] }
    : { fields: { updatedAt }, cleared: [] };
}

/** Whether another row of the store has the label. */
export function hasLabel({ rows, document }: StoreSnapshot, key: string, label: string): boolean {
  return rows.some(({ row }) => {
    if (row.key === key) return false;
    const entry = parseRow(document, row);
    return entry !== undefined && entryLabel(entry)?.trim() === label;
  });
}
