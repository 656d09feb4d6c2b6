import type { RowFacts } from "@sessionsmith/core";
import type { CleanupPass, Verdict } from "../cleanup-pass.ts";

/** Under `safe` so many of the newest unprotected rows stay, however many are protected. */
const leastRoom = 25;

/** A row that competes for the room under the cap. */
interface Ranked {
  readonly facts: RowFacts;
  /** Why it stays even beyond the cap. */
  readonly promise: string | undefined;
}

/**
 * Takes the oldest rows beyond `maxEntries`. Rows that may not be judged do not count, nor do those that an earlier pass
 * took. Under `safe` every protected row stays and uses up room, and the newest 25 others always stay.
 *
 * Under `openclaw-2026.5` the rank is that of OpenClaw 2026.5.28: what it protects uses up room, which may come to nothing;
 * the newest of the others stay, a row without `updatedAt` is the oldest, and rows of one time keep the order of the file.
 * What is kept there against its rules (in use, a transcript outside, a time that is not in ms) stays without taking the room of another row.
 */
export const capOverflow: CleanupPass = (view) => {
  const { rows, policy, protectionOf } = view;
  // Most stores are below the cap; then no row needs to be parsed.
  if (rows.length <= policy.maxEntries) return [];
  const isSafe = policy.preset === "safe";
  const verdicts: Verdict[] = [];
  const ranked: Ranked[] = [];
  for (const facts of rows) {
    const protection = protectionOf(facts);
    const isProtected = protection !== undefined && (isSafe || protection.startsWith("protected:"));
    if (isProtected) verdicts.push({ key: facts.row.key, action: "keep", reasons: [protection] });
    else ranked.push({ facts, promise: protection ?? (isSafe ? undefined : oddTime(facts)) });
  }
  const room = Math.max(isSafe ? leastRoom : 0, policy.maxEntries - verdicts.length);
  ranked.sort(isSafe ? bySafeRank : byOpenClawRank);
  for (const [rank, row] of ranked.entries()) verdicts.push(judge(row, rank < room));
  return verdicts;
};

function judge({ facts, promise }: Ranked, isWithin: boolean): Verdict {
  const { key } = facts.row;
  if (isWithin) return { key, action: "keep", reasons: ["within-max-entries"] };
  return promise === undefined
    ? { key, action: "cap-overflow", reasons: ["beyond-max-entries"] }
    : { key, action: "keep", reasons: ["beyond-max-entries", promise] };
}

/** OpenClaw takes such a row for one of 1970. */
function oddTime({ row, time }: RowFacts): string | undefined {
  if (row.updatedAt === undefined) return undefined;
  return time.known && time.unit === "ms" ? undefined : "time-not-in-ms";
}

/** Newest first; of one time, by key, so that the order of the file decides nothing. */
function bySafeRank(a: Ranked, b: Ranked): number {
  return atMs(b.facts) - atMs(a.facts) || (a.facts.row.key < b.facts.row.key ? -1 : 1);
}

/** Under `safe` only rows of known age compete. */
function atMs({ time }: RowFacts): number {
  return time.known ? time.atMs : 0;
}

function byOpenClawRank(a: Ranked, b: Ranked): number {
  const [first, second] = [storedTime(a.facts), storedTime(b.facts)];
  return first === second ? 0 : second - first;
}

/** The time that OpenClaw 2026.5.28 ranks a row by: text and negative numbers count as 0, none at all as still older. */
function storedTime({ row: { updatedAt } }: RowFacts): number {
  if (updatedAt === undefined) return -1;
  return typeof updatedAt === "number" ? Math.max(0, updatedAt) : 0;
}
