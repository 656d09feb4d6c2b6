import type { CleanupPolicy } from "./cleanup-policy.ts";
import type { FileView } from "./file-pass.ts";
import { isReferenced, settledTranscripts } from "./orphan-candidates.ts";
import { openOrphanClasses } from "./orphan-class.ts";

/** So many transcripts may be unexplained, whatever part of all they are. */
export const freeOrphans = 20;

/**
 * Tells whether the index explains too few of the transcripts beside it (docs/invariants.md I3): of those that are older than
 * the minimum age, more than half and more than 20 are neither referenced nor of a known origin. Then it is the index
 * that is to be doubted, not the files. Files of other programs don't count.
 */
export function needsOrphanConfirmation(
  view: Pick<FileView, "snapshot" | "facts" | "now"> & { readonly policy: Pick<CleanupPolicy, "minAgeMs"> },
): boolean {
  const { snapshot, facts, policy, now } = view;
  const classOf = openOrphanClasses(view);
  const settled = settledTranscripts(snapshot, { minAgeMs: policy.minAgeMs, now });
  const [all, unexplained] = settled.reduce(
    ([every, odd], { name }) => {
      if (isReferenced(name, snapshot)) return [every + 1, odd];
      if (facts.orphans.get(name)?.origin.state === "no-header") return [every, odd];
      return [every + 1, odd + (classOf(name) === "unexplained" ? 1 : 0)];
    },
    [0, 0],
  );
  return unexplained > Math.max(freeOrphans, all / 2);
}
