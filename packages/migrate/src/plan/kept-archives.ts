import { classifyFileName } from "@sessionsmith/core";

/** What a store keeps of one transcript from before it was compacted or reset: names of files. */
export interface KeptArchives {
  readonly compacted: readonly string[];
  readonly reset: readonly string[];
}

/**
 * The archives of transcripts that went on, by the name of the transcript. What was deleted is not among them: a session that
 * was deleted is not in the store any more. Pure.
 */
export function keptArchives(names: Iterable<string>): ReadonlyMap<string, KeptArchives> {
  const kept = new Map<string, { readonly compacted: string[]; readonly reset: string[] }>();
  for (const name of names) {
    const named = classifyFileName(name);
    if (named.kind !== "archive" || named.reason === "deleted") continue;
    const archives = kept.get(named.original) ?? { compacted: [], reset: [] };
    (named.reason === "reset" ? archives.reset : archives.compacted).push(name);
    kept.set(named.original, archives);
  }
  return kept;
}
