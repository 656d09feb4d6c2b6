import { join } from "node:path";
import type { AppliedChange } from "./apply-change.ts";

/**
 * Where the transcripts are now that left with their rows, absolute, in name order: in an archive beside the index, or in the
 * trash. In a preview the names that would leave.
 */
export function archivedPaths({ plan, moved, dryRun }: AppliedChange<unknown>): readonly string[] {
  const leaving = plan.parts.flatMap(({ files, store }) =>
    files
      .filter(
        ({ action, name }) =>
          action !== "keep" && name.endsWith(".jsonl") && !name.endsWith(".trajectory.jsonl"),
      )
      .map(({ name }) => ({ name, path: join(store.realDir, name) })),
  );
  return leaving.flatMap(({ name, path }) => (dryRun ? [path] : (moved.get(name) ?? [])));
}
