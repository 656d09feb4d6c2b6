import { array, assert, integer, jsonValue, property } from "fast-check";
import { expect, test } from "vitest";
import { packedList } from "../src/packed-list.ts";

test("whatever JSON can hold comes out as it went in, in any number, and again", () => {
  assert(
    property(array(jsonValue(), { maxLength: 5 }), integer({ min: 0, max: 60 }), (values, times) => {
      const items = Array.from({ length: times }, () => values).flat();
      const list = packedList(items);
      const spelled = JSON.stringify(items);
      expect(list.length).toBe(items.length);
      expect([JSON.stringify([...list]), JSON.stringify(list)]).toEqual([spelled, spelled]);
    }),
  );
});

test("a member that is undefined may be left out, a text of any character stays", () => {
  const given = { gone: undefined, text: '\ud800"\u2028\0é', nothing: null };
  for (const item of packedList(Array.from({ length: 100 }, () => given))) {
    expect(item).toEqual(given);
    expect(item.gone).toBeUndefined();
  }
});

test("items go on to be added while it is read", () => {
  const list = packedList(Array.from({ length: 200 }, (_, n) => n));
  const seen = [];
  for (const item of list) {
    if (item === 0) list.push(200);
    seen.push(item);
  }
  expect(seen.at(-1)).toBe(200);
  expect(list.length).toBe(201);
});

test("an item of megabytes is one like others", () => {
  const long = "x".repeat(3 * 2 ** 20);
  expect([...packedList([long, long])].map((item) => item === long)).toEqual([true, true]);
});

test("a list that is drained gives each item once, and is empty", () => {
  const items = Array.from({ length: 150 }, (_, n) => ({ n }));
  const list = packedList(items);
  expect([...list.drain()]).toEqual(items);
  expect([list.length, [...list]]).toEqual([0, []]);
  list.push({ n: 1 });
  expect([...list]).toEqual([{ n: 1 }]);
});
