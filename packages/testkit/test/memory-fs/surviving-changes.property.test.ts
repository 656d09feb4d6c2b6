import { array, assert, integer, property, uniqueArray } from "fast-check";
import { expect, test } from "vitest";
import type { NameChange } from "../../src/memory-fs/name-change.ts";
import { survivingChanges } from "../../src/memory-fs/surviving-changes.ts";

const change = uniqueArray(integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 2 }).map(
  (dirs): NameChange => ({ dirs, bindings: [] }),
);

/** The rule in the most direct way: with a change, every earlier one of its directories is kept. */
function keepsOrder(changes: readonly NameChange[], kept: ReadonlySet<NameChange>): boolean {
  return changes.every(
    (later, n) =>
      !kept.has(later) ||
      changes
        .slice(0, n)
        .every((earlier) => kept.has(earlier) || !earlier.dirs.some((dir) => later.dirs.includes(dir))),
  );
}

function everySubset(changes: readonly NameChange[]): NameChange[][] {
  return changes.reduce<NameChange[][]>((sets, one) => [...sets, ...sets.map((set) => [...set, one])], [[]]);
}

const asKey = (changes: readonly NameChange[], set: readonly NameChange[]) =>
  changes.map((one) => (set.includes(one) ? "1" : "0")).join("");

test("as long as there are few, exactly the sets that keep the order of each directory", () => {
  assert(
    property(array(change, { maxLength: 7 }), (changes) => {
      const expected = everySubset(changes).filter((set) => keepsOrder(changes, new Set(set)));
      const found = survivingChanges(changes, 128).map((set) => asKey(changes, set));
      expect(found.toSorted()).toEqual(expected.map((set) => asKey(changes, set)).toSorted());
    }),
  );
});

test("with more, sets that keep the order, with each change alone and everything without it among them", () => {
  assert(
    property(array(change, { minLength: 1, maxLength: 30 }), (changes) => {
      const found = survivingChanges(changes, 0);
      expect(found.length).toBe(2 * changes.length + 2);
      for (const set of found) expect(keepsOrder(changes, new Set(set))).toBe(true);
      for (const [n, one] of changes.entries()) {
        expect(found[n + 1]?.at(-1)).toBe(one);
        expect(found[changes.length + n + 1]).not.toContain(one);
      }
      expect([found[0], found.at(-1)]).toEqual([[], changes]);
    }),
  );
});
