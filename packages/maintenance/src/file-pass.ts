import type { FileDecision, RowDecision, StoreSnapshot } from "@sessionsmith/core";
import type { CleanupPolicy } from "./cleanup-policy.ts";
import type { StoreFacts } from "./store-facts.ts";

/** What a pass over files sees of one store. */
export interface FileView {
  readonly snapshot: StoreSnapshot;
  readonly facts: StoreFacts;
  readonly policy: CleanupPolicy;
  /** Epoch ms; the only clock of a plan. */
  readonly now: number;
  /** What was decided on the rows. */
  readonly rows: readonly RowDecision[];
  /** What earlier passes decided on files, by name. Those are not to be decided on again. */
  readonly decided: ReadonlyMap<string, FileDecision>;
}

/** One rule about files that leave by themselves: pure, and silent on files that it has no opinion of. */
export type CleanupFilePass = (view: FileView) => readonly FileDecision[];

/** Why a file stays although its row leaves, which says nothing against its leaving for itself. */
const provisional: ReadonlySet<string | undefined> = new Set([
  "transcript-stays",
  "neither-transcript-nor-sidecar",
]);

/**
 * Runs the passes in order; the first one that decides on a file has the word.
 * @param ofRows what was decided on the files of rows that leave, once a file
 * @returns all decisions, sorted by name
 */
export function foldFilePasses(
  view: Omit<FileView, "decided">,
  ofRows: readonly FileDecision[],
  passes: readonly CleanupFilePass[],
): readonly FileDecision[] {
  const decided = new Map<string, FileDecision>();
  const open: FileDecision[] = [];
  for (const decision of ofRows) {
    if (provisional.has(decision.reasons[0])) open.push(decision);
    else decided.set(decision.name, decision);
  }
  for (const pass of passes) {
    for (const decision of pass({ ...view, decided }))
      if (!decided.has(decision.name)) decided.set(decision.name, decision);
  }
  for (const decision of open) if (!decided.has(decision.name)) decided.set(decision.name, decision);
  return byName([...decided.values()]);
}

/** Nearly always what was decided is in order. */
function byName(files: readonly FileDecision[]): readonly FileDecision[] {
  const isSorted = files.every(({ name }, n) => n === 0 || (files[n - 1]?.name ?? "") < name);
  return isSorted ? files : files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
