import { readEntryText } from "@sessionsmith/core";
import type { JsonObject, RowFacts, StoreSnapshot } from "@sessionsmith/core";

/** Why a row is in use, or its conversation out of reach: what holds every pass back that takes rows, under every preset. */
export type Use = "in-use:locked" | "in-use:running" | "transcript-outside";

/** How long status running counts after the last activity: a day. */
const runningMs = 86_400_000;

/** Tells whether a row is in use now; undefined if it is not. `now` is epoch ms. */
export function useOf(
  facts: RowFacts,
  entry: JsonObject,
  { snapshot, now }: { readonly snapshot: StoreSnapshot; readonly now: number },
): Use | undefined {
  if (facts.locked) return "in-use:locked";
  if (facts.transcript.state === "outside") return "transcript-outside";
  const isRunning = readEntryText(entry, "status") === "running";
  return isRunning && now - lastActivityMs(facts, snapshot) < runningMs ? "in-use:running" : undefined;
}

/** Epoch ms at which the transcript of a row was written; -Infinity if the row has no transcript here. */
export function transcriptWrittenAtMs({ transcript }: RowFacts, { files }: StoreSnapshot): number {
  const file = transcript.state === "present" ? files.get(transcript.name) : undefined;
  return file === undefined ? -Infinity : Number(file.fact.mtimeNs / 1_000_000n);
}

function lastActivityMs(facts: RowFacts, snapshot: StoreSnapshot): number {
  const updatedAtMs = facts.time.known ? facts.time.atMs : -Infinity;
  return Math.max(updatedAtMs, transcriptWrittenAtMs(facts, snapshot));
}
