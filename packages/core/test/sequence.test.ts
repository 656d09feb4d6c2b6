import { describe, expect, test } from "vitest";
import { counted, isSequence, joined, lazySequence, merged, viewOf } from "../src/sequence.ts";

/** A sequence that says how often it was begun to be read. */
function watched(items: readonly number[]) {
  const readings = { count: 0 };
  const list = lazySequence(items.length, function* () {
    readings.count += 1;
    yield* items;
  });
  return { list, readings };
}

describe("a lazy sequence", () => {
  const { list, readings } = watched([3, 1, 2]);

  test("answers as an array would", () => {
    const array = [3, 1, 2];
    expect([...list]).toEqual(array);
    expect(list.length).toBe(array.length);
    for (const n of [0, 2, -1, -3, 3, -4]) expect(list.at(n)).toBe(array.at(n));
    expect([...list.entries()]).toEqual([...array.entries()]);
    expect(list.map((item, n) => item * 10 + n)).toEqual(array.map((item, n) => item * 10 + n));
    expect(list.filter((item, n) => item > 1 && n > 0)).toEqual([2]);
    expect(list.flatMap((item, n) => (n === 1 ? [] : [item, item]))).toEqual([3, 3, 2, 2]);
    expect(list.find((item) => item < 3)).toBe(1);
    expect(list.find((item) => item > 3)).toBeUndefined();
    expect([list.some((item) => item === 2), list.some((item) => item === 4)]).toEqual([true, false]);
    expect([list.every((item) => item > 0), list.every((item) => item > 1)]).toEqual([true, false]);
    expect(JSON.stringify({ list })).toBe('{"list":[3,1,2]}');
  });

  test("is not read before anybody asks, nor for its length, and a view of it neither", () => {
    const before = readings.count;
    const view = viewOf(list, (item, n) => item + n);
    const all = joined([view, [9]]);
    expect([list.length, view.length, all.length]).toEqual([3, 3, 4]);
    expect(readings.count).toBe(before);
    expect([...all]).toEqual([3, 2, 4, 9]);
    expect(readings.count).toBe(before + 1);
  });
});

test("what has to be counted is read once for it", () => {
  const { list, readings } = watched([1, 2, 3, 4]);
  const even = counted(() => list.filter((item) => item % 2 === 0));
  expect(even.length).toBe(2);
  expect(even.length).toBe(2);
  expect(readings.count).toBe(1);
});

test("sequences that are in order are merged in order, and of equals the one of the first list is first", () => {
  const lists = [[], [1, 4], [1.5], [1, 2, 9]].map((items, list) => items.map((item) => ({ item, list })));
  const all = merged(lists, (a, b) => a.item - b.item);
  expect(all.length).toBe(6);
  expect([...all].map(({ item, list }) => [item, list])).toEqual([
    [1, 1],
    [1, 3],
    [1.5, 2],
    [2, 3],
    [4, 1],
    [9, 3],
  ]);
  expect([...all]).toEqual([...all]);
});

test("a sequence of either sort is told from other values", () => {
  expect([[], watched([]).list, new Set(), {}, "text", null].map(isSequence)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});
