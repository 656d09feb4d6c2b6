import { join } from "node:path";
import { fileIdentity } from "@sessionsmith/core";
import type { RequiredFile, RowAction, RowDecision, RowFacts, StoreSnapshot } from "@sessionsmith/core";

/** Removals that say something of a transcript that must still hold when the row leaves. */
const removalsForTranscript: ReadonlySet<RowAction> = new Set(["prune-missing", "prune-ghost"]);

/**
 * What must still be true of the transcripts of rows that leave because theirs is missing or holds no message: each place of a
 * missing one is still empty, and one that was looked into has not been written to since.
 */
export function requiredFiles(
  snapshot: StoreSnapshot,
  decisions: readonly RowDecision[],
): readonly RequiredFile[] {
  const keys = new Set<string>();
  for (const { key, action } of decisions) if (removalsForTranscript.has(action)) keys.add(key);
  if (keys.size === 0) return [];
  const required = new Map<string, RequiredFile>();
  for (const facts of snapshot.rows) {
    if (!keys.has(facts.row.key)) continue;
    for (const file of requiredOf(facts, snapshot)) required.set(file.path, file);
  }
  return [...required.values()];
}

function requiredOf({ transcript }: RowFacts, { realDir, files }: StoreSnapshot): readonly RequiredFile[] {
  if (transcript.state === "missing") return transcript.candidates.map((path) => ({ path, is: null }));
  const file = transcript.state === "present" ? files.get(transcript.name) : undefined;
  return file === undefined ? [] : [{ path: join(realDir, file.name), is: fileIdentity(file.fact) }];
}
