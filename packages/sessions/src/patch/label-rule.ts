import type { JsonValue } from "@sessionsmith/core";
import { badPatch, clearable, type PatchedRow } from "./patch-rule.ts";

/** Characters that a label may have (OpenClaw 2026.5.28). */
export const longestLabel = 512;

/** The label: without surrounding space, unique in its store; an empty one clears. */
export const labelRule = clearable("label", (value, row) => {
  if (typeof value !== "string") throw badPatch("invalid label: use a text", { field: "label" });
  const label = value.trim();
  return label === "" ? undefined : checkedLabel(label, row);
});

/** @throws StoreError E_USAGE for a label that is too long, or that another row of the store has */
export function checkedLabel(label: string, { isLabelTaken }: Pick<PatchedRow, "isLabelTaken">): JsonValue {
  if (label.length > longestLabel)
    throw badPatch(`invalid label: too long (at most ${longestLabel} characters)`, { field: "label" });
  if (isLabelTaken(label)) throw badPatch(`label already in use: ${label}`, { field: "label" });
  return label;
}
