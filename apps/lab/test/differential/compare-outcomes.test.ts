import { expect, test } from "vitest";
import type { CaseOutcome, StoreOutcome } from "../../src/differential/cleanup-case.ts";
import { compareOutcomes } from "../../src/differential/compare-outcomes.ts";

function done(...stores: readonly StoreOutcome[]): CaseOutcome {
  return { state: "done", stores };
}

const store: StoreOutcome = { index: "i", actions: { a: "keep", b: "prune-stale" }, left: ["a"] };

test("equal outcomes have no difference", () => {
  expect(compareOutcomes(done(store), done(store))).toEqual([]);
  expect(compareOutcomes({ state: "refused", why: "x" }, { state: "refused", why: "y" })).toEqual([]);
});

test("another action, another row left, a row or a store that only one of them knows", () => {
  const other: StoreOutcome = { index: "i", actions: { a: "cap-overflow" }, left: [] };
  expect(compareOutcomes(done(store), done(other))).toEqual([
    { index: "i", stage: "dry-run", key: "a", ours: "keep", theirs: "cap-overflow" },
    { index: "i", stage: "dry-run", key: "b", ours: "prune-stale", theirs: "absent" },
    { index: "i", stage: "run", key: "a", ours: "left", theirs: "gone" },
  ]);
  expect(compareOutcomes(done(), done(other))).toEqual([
    { index: "i", stage: "dry-run", key: "a", ours: "absent", theirs: "cap-overflow" },
  ]);
});

test("one that refuses differs from one that does it", () => {
  expect(compareOutcomes({ state: "refused", why: "no" }, done(store))).toEqual([
    { index: "", key: "", stage: "run", ours: "no", theirs: "done" },
  ]);
});
