import type { RowAction } from "@sessionsmith/core";
import type { CleanupView } from "./cleanup-view.ts";

/** What a pass says of one row: that it takes it, or why it leaves it (`keep`). */
export interface Verdict {
  readonly key: string;
  readonly action: RowAction;
  readonly reasons: readonly string[];
}

/** One rule of cleanup: pure, and silent on rows that it has no opinion of. */
export type CleanupPass = (view: CleanupView) => readonly Verdict[];

/**
 * Runs the passes in order, each on what the earlier ones left. The first pass that takes a row decides on it;
 * a row that stays collects the reasons of every pass that looked at it.
 */
export function foldPasses(view: CleanupView, passes: readonly CleanupPass[]): ReadonlyMap<string, Verdict> {
  const verdicts = new Map<string, Verdict>();
  let { rows } = view;
  for (const pass of passes) {
    for (const verdict of pass({ ...view, rows })) {
      const earlier = verdict.action === "keep" ? (verdicts.get(verdict.key)?.reasons ?? []) : [];
      verdicts.set(verdict.key, { ...verdict, reasons: [...earlier, ...verdict.reasons] });
    }
    rows = rows.filter(({ row }) => (verdicts.get(row.key)?.action ?? "keep") === "keep");
  }
  return verdicts;
}
