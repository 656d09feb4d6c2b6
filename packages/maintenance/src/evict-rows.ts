import type { IndexDocument, RowAction, RowFacts, StoreSnapshot } from "@sessionsmith/core";
import type { CleanupView } from "./cleanup-view.ts";
import { openRetirement } from "./retire-files.ts";
import type { Decisions } from "./visible-bytes.ts";

const dayMs = 86_400_000;

/** What rows have to make room for. */
export interface BudgetExcess {
  readonly bytes: number;
  /** Names of files whose bytes are taken for gone already. */
  readonly counted: ReadonlySet<string>;
}

/**
 * Chooses rows for the disk budget, the longest not updated first, until they and the files that leave with them come to
 * the excess. Rows that are protected, in use, of unknown age or changed by this plan stay; under `safe` also rows of the future.
 * @param view with all rows that may be judged
 * @returns their keys
 */
export function chooseEvictions(
  view: CleanupView,
  { rows }: Decisions,
  excess: BudgetExcess,
): ReadonlySet<string> {
  const { snapshot, protectionOf } = view;
  const evicted = new Set<string>();
  if (excess.bytes <= 0) return evicted;
  const untouched = new Set(
    rows.filter(({ action, change }) => action === "keep" && change === undefined).map(({ key }) => key),
  );
  const leaving = new Map<string, RowAction>(
    rows.filter(({ action }) => action !== "keep").map(({ key, action }) => [key, action]),
  );
  const rowBytes = bytesByKey(snapshot.document);
  const freed = openFreedFiles(snapshot, leaving, excess.counted);
  let freedBytes = 0;
  for (const facts of oldestFirst(view)) {
    if (freedBytes >= excess.bytes) break;
    const { key } = facts.row;
    if (!untouched.has(key) || protectionOf(facts) !== undefined) continue;
    evicted.add(key);
    leaving.set(key, "evict-budget");
    freedBytes += (rowBytes.get(key) ?? 0) + freed(key);
  }
  return evicted;
}

function oldestFirst({ rows, policy, now }: CleanupView): readonly RowFacts[] {
  const latestMs = policy.preset === "safe" ? now + dayMs : Infinity;
  return rows
    .flatMap((facts) =>
      facts.time.known && facts.time.atMs <= latestMs ? [{ facts, atMs: facts.time.atMs }] : [],
    )
    .toSorted((a, b) => a.atMs - b.atMs)
    .map(({ facts }) => facts);
}

/** The bytes of the files that leave once the row of a key leaves as well. */
function openFreedFiles(
  snapshot: StoreSnapshot,
  leaving: ReadonlyMap<string, RowAction>,
  gone: ReadonlySet<string>,
): (key: string) => number {
  const whyStays = openRetirement(snapshot, leaving);
  const counted = new Set(gone);
  return (key) => {
    let bytes = 0;
    for (const name of snapshot.references.filesByRow.get(key) ?? []) {
      const file = snapshot.files.get(name);
      if (file === undefined || counted.has(name) || whyStays(file) !== undefined) continue;
      counted.add(name);
      bytes += file.fact.size;
    }
    return bytes;
  };
}

/** What an index gets shorter by if a row leaves, shadowed ones of the same key included. */
function bytesByKey({ rows }: IndexDocument): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>();
  for (const [n, { key, keyRange, valueRange }] of rows.entries()) {
    const [before, after] = [rows[n - 1], rows[n + 1]];
    const whole = valueRange.end - keyRange.start;
    const ofLast = before === undefined ? whole : valueRange.end - before.valueRange.end;
    const size = after === undefined ? ofLast : after.keyRange.start - keyRange.start;
    bytes.set(key, (bytes.get(key) ?? 0) + size);
  }
  return bytes;
}
