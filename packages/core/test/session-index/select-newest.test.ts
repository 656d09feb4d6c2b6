import { array, assert, nat, property, record } from "fast-check";
import { expect, test } from "vitest";
import { selectNewest } from "../../src/session-index/select-newest.ts";

const newestFirst = (a: { time: number }, b: { time: number }) => b.time - a.time;

test("takes the first of the order, equals in the order of the input", () => {
  const items = [
    { name: "a", time: 1 },
    { name: "b", time: 3 },
    { name: "c", time: 2 },
    { name: "d", time: 3 },
  ];
  expect(selectNewest(items, 3, newestFirst).map(({ name }) => name)).toEqual(["b", "d", "c"]);
});

test("is the head of a stable sort, whatever the limit", () => {
  assert(
    property(array(record({ time: nat(9), name: nat() }), { maxLength: 60 }), nat(70), (items, limit) => {
      expect(selectNewest(items, limit, newestFirst)).toEqual(items.toSorted(newestFirst).slice(0, limit));
    }),
    { numRuns: 1000 },
  );
});

test("reads any iterable once, and has no need of a limit", () => {
  const times = new Set([2, 1, 3]);
  expect(selectNewest(times.values(), Infinity, (a, b) => a - b)).toEqual([1, 2, 3]);
});

test("compares few of many items", () => {
  let comparisons = 0;
  const items = Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 100_003);
  selectNewest(items, 10, (a, b) => {
    comparisons += 1;
    return b - a;
  });
  expect(comparisons).toBeLessThan(2 * items.length);
});
