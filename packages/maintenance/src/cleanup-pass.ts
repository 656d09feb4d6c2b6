import type { RowAction, RowChange } from "@sessionsmith/core";
import type { CleanupView } from "./cleanup-view.ts";

/** What a pass says of one row: that it takes it, or why it leaves it (`keep`), perhaps changed. */
export interface Verdict {
  readonly key: string;
  readonly action: RowAction;
  readonly reasons: readonly string[];
  /** For a row that stays under another key or with other fields. */
  readonly change?: RowChange;
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
    let takes = false;
    for (const verdict of pass({ ...view, rows })) {
      verdicts.set(verdict.key, combine(verdicts.get(verdict.key), verdict));
      takes ||= verdict.action !== "keep";
    }
    if (takes) rows = rows.filter(({ row }) => (verdicts.get(row.key)?.action ?? "keep") === "keep");
  }
  return verdicts;
}

/** A row that is taken says only why it goes; one that stays keeps what earlier passes said and changed. */
function combine(earlier: Verdict | undefined, verdict: Verdict): Verdict {
  if (earlier === undefined || verdict.action !== "keep") return verdict;
  const { key, action } = verdict;
  const added = verdict.reasons.filter((reason) => !earlier.reasons.includes(reason));
  const reasons = [...earlier.reasons, ...added];
  if (earlier.change === undefined && verdict.change === undefined) return { key, action, reasons };
  return { key, action, reasons, change: { ...earlier.change, ...verdict.change } };
}
