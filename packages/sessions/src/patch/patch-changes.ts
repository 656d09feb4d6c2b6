import type { JsonObject, JsonValue } from "@sessionsmith/core";
import { badPatch, type PatchedRow } from "./patch-rule.ts";
import { patchRules } from "./patch-rules.ts";

/** What a patch does to the fields of a row. */
export interface PatchChanges {
  readonly fields: JsonObject;
  readonly cleared: readonly string[];
}

/**
 * Judges a patch, field by field: what it sets and what it clears, `updatedAt` aside. Pure.
 * @throws StoreError E_USAGE for a field that is not patchable, or a value that is not allowed; nothing of the patch is then good
 */
export function patchChanges(patch: JsonObject, row: PatchedRow): PatchChanges {
  const changes = new Map<string, JsonValue | undefined>();
  for (const [field, value] of Object.entries(patch)) {
    const rule = patchRules.get(field);
    if (rule === undefined || value === undefined) throw notPatchable(field);
    for (const [name, changed] of rule(value, row)) changes.set(name, changed);
  }
  const set = [...changes].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const cleared = [...changes].flatMap(([name, value]) => (value === undefined ? [name] : []));
  return { fields: Object.fromEntries(set), cleared };
}

function notPatchable(field: string): Error {
  const camel = field.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const hint =
    camel !== field && patchRules.has(camel)
      ? `The field is called ${camel}.`
      : `Patchable are ${[...patchRules.keys()].toSorted().join(", ")}.`;
  return badPatch(`unexpected property '${field}'`, { field }, hint);
}
