import type { RowAction } from "@sessionsmith/core";

/** How many sessions of one label stay and leave. */
export interface LabelCount {
  /** Null for the sessions without a label. */
  readonly label: string | null;
  readonly kept: number;
  readonly removed: number;
}

/** Counts decisions by label, sorted by label; the sessions without one come last. */
export function countLabels(
  rows: Iterable<{ readonly label: string | null; readonly action: RowAction }>,
): readonly LabelCount[] {
  const counts = new Map<string | null, { kept: number; removed: number }>();
  for (const { label, action } of rows) {
    const count = counts.get(label) ?? { kept: 0, removed: 0 };
    if (action === "keep") count.kept += 1;
    else count.removed += 1;
    counts.set(label, count);
  }
  const labels = [...counts.keys()].filter((label) => label !== null).toSorted();
  const order = counts.has(null) ? [...labels, null] : labels;
  return order.map((label) => ({ label, kept: 0, removed: 0, ...counts.get(label) }));
}
