import { isSyntheticKey } from "@sessionsmith/core";
import type { RowAction, RowDecision, StoreSnapshot } from "@sessionsmith/core";

const dayMs = 86_400_000;
/** The clock is odd if it is further than this past the newest activity. */
const idleLimitMs = 45 * dayMs;
/** So many rows may go, whatever part of the index they are. */
const freeRemovals = 10;
/** Removals by a rule that names exactly what it takes. */
const namedRemovals: ReadonlySet<RowAction> = new Set(["prune-model-run", "prune-expired", "prune-ghost"]);

/**
 * Tells whether a plan takes so much, or by so odd a clock, that the operator must confirm it (docs/invariants.md I7):
 * more than half and more than 10 of the rows that people made, or a clock that jumped.
 * A part that removes nothing needs no confirmation.
 */
export function needsMassConfirmation(
  snapshot: StoreSnapshot,
  decisions: readonly RowDecision[],
  now: number,
): boolean {
  if (!decisions.some(takes)) return false;
  return removesMost(decisions) || isClockOdd(snapshot, now);
}

function removesMost(decisions: readonly RowDecision[]): boolean {
  let [removed, kept] = [0, 0];
  for (const decision of decisions) {
    const isTaken = takes(decision);
    if ((isTaken && namedRemovals.has(decision.action)) || isSyntheticKey(decision.key)) continue;
    if (isTaken) removed += 1;
    else kept += 1;
  }
  return removed > freeRemovals && removed > kept;
}

/** A row that stays without its transcript is as good as gone for those who talked in it. */
function takes({ action, change }: RowDecision): boolean {
  return action !== "keep" || change?.detached === true;
}

/**
 * Tells whether the clock jumped: it is far past the newest activity, or before it.
 * Without any known time nothing can be said.
 * A single row with a time in the future says that the row is odd, and is not counted as activity.
 * If the index file was written in that future too, it is the clock that went backwards.
 */
export function isClockOdd(snapshot: StoreSnapshot, now: number): boolean {
  const tomorrow = now + dayMs;
  let newestActivity = -Infinity;
  let anyFuture = false;
  for (const { time } of snapshot.rows) {
    if (!time.known) continue;
    if (time.atMs > tomorrow) anyFuture = true;
    else newestActivity = Math.max(newestActivity, time.atMs);
  }
  const wentBack = anyFuture && Number(snapshot.fingerprint.mtimeNs / 1_000_000n) > tomorrow;
  const isLongIdle = newestActivity > -Infinity && now - newestActivity > idleLimitMs;
  return wentBack || isLongIdle;
}
