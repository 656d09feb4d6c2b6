import { type JsonObject, readEntryText, type RowFacts, type StoreSnapshot } from "@sessionsmith/core";

/** How long status running counts after the last activity: a day. */
const runningMs = 86_400_000;

/** What the use of a row is judged by. */
interface UseContext {
  readonly snapshot: StoreSnapshot;
  /** Epoch ms. */
  readonly now: number;
}

/** True if a row says that its session runs, and something happened within a day (docs/invariants.md I9). */
export function isRunning(facts: RowFacts, entry: JsonObject, { snapshot, now }: UseContext): boolean {
  if (readEntryText(entry, "status") !== "running") return false;
  const updatedAtMs = facts.time.known ? facts.time.atMs : -Infinity;
  return now - Math.max(updatedAtMs, transcriptWrittenAtMs(facts, { snapshot })) < runningMs;
}

/** Epoch ms; -Infinity if the row has no transcript here. */
function transcriptWrittenAtMs({ transcript }: RowFacts, { snapshot }: Pick<UseContext, "snapshot">): number {
  const file = transcript.state === "present" ? snapshot.files.get(transcript.name) : undefined;
  return file === undefined ? -Infinity : Number(file.fact.mtimeNs / 1_000_000n);
}
