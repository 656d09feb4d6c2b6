import type { Plan, PlanPart } from "@sessionsmith/core";
import { aSnapshot } from "./snapshot-builder.ts";
import type { StoreSketch } from "./snapshot-builder.ts";

/** The only part of a plan. */
export function partOf({ parts: [part] }: Plan): PlanPart {
  if (part === undefined) throw new Error("the plan has no part");
  return part;
}

/** Keys of the rows that leave. */
export function removedKeys(part: PlanPart): readonly string[] {
  return part.rows.filter(({ action }) => action !== "keep").map(({ key }) => key);
}

/** The index after the plan, as text. */
export function editedIndex(sketch: StoreSketch, part: PlanPart): string {
  const { bytes } = aSnapshot(sketch).document;
  const rewrite = part.steps.find((step) => step.kind === "write-index");
  if (rewrite?.content.source !== "splice") return bytes.toString();
  let from = 0;
  const kept = rewrite.content.edits.map(({ at, remove, insert }) => {
    const before = bytes.subarray(from, at).toString();
    from = at + remove;
    return before + insert;
  });
  return kept.join("") + bytes.subarray(from).toString();
}

/** The store after the plan. */
export function afterApplying(sketch: StoreSketch, part: PlanPart): StoreSketch {
  const moved = new Set(part.steps.flatMap((step) => (step.kind === "move-file" ? [step.from] : [])));
  const files = Object.fromEntries(Object.entries(sketch.files ?? {}).filter(([name]) => !moved.has(name)));
  return { ...sketch, index: editedIndex(sketch, part), files };
}
