import { array, assert, boolean, integer, jsonValue, property } from "fast-check";
import { expect, test } from "vitest";
import { LongList, longList } from "../../src/disk/long-list.ts";
import { ScratchBlocks } from "../../src/disk/scratch-blocks.ts";

test("whatever JSON can hold comes out as it went in, in any number, and again", () => {
  assert(
    property(array(jsonValue(), { maxLength: 5 }), integer({ min: 0, max: 60 }), (values, times) => {
      const items = Array.from({ length: times }, () => values).flat();
      const list = longList(items);
      const spelled = JSON.stringify(items);
      expect(list.length).toBe(items.length);
      expect([JSON.stringify([...list]), JSON.stringify(list)]).toEqual([spelled, spelled]);
    }),
  );
});

test("a member that is undefined may be left out, a text of any character stays", () => {
  const given = { gone: undefined, text: '\ud800"\u2028\0é', nothing: null };
  for (const item of longList(Array.from({ length: 100 }, () => given))) {
    expect(item).toEqual(given);
    expect(item.gone).toBeUndefined();
  }
});

test("items of any length, over as many blocks as they take, also if more are added while it is read", () => {
  const lengths = array(integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 12 });
  assert(
    property(lengths, lengths, boolean(), (given, later, isInFile) => {
      const items = [...given, ...later].map((length, n) => `${n}é${"x".repeat(length)}`);
      const list = new LongList<string>(isInFile ? undefined : new ScratchBlocks(() => undefined));
      const waiting = items.slice(given.length);
      for (const item of items.slice(0, given.length)) list.push(item);
      const seen: string[] = [];
      for (const item of list) {
        seen.push(item);
        const next = waiting.shift();
        if (next !== undefined) list.push(next);
      }
      expect(seen).toEqual(items.slice(0, items.length - waiting.length));
      expect(list.length).toBe(seen.length);
    }),
    { numRuns: 60 },
  );
});

test("an item of megabytes is one like others", () => {
  const long = "x".repeat(3 * 2 ** 20);
  expect([...longList([long, long])].map((item) => item === long)).toEqual([true, true]);
});

test("a list that is drained gives each item once, and is empty", () => {
  const items = Array.from({ length: 150 }, (_, n) => ({ n, text: "x".repeat(1000) }));
  const list = longList(items);
  expect([...list.drain()]).toEqual(items);
  expect([list.length, [...list]]).toEqual([0, []]);
  list.push({ n: 1, text: "" });
  expect([...list]).toEqual([{ n: 1, text: "" }]);
});

function text(n: number): string {
  return String(n).repeat(20_000);
}

test("what one list lets go of, another one may have, and neither spoils the other", () => {
  const numbers = Array.from({ length: 100 }, (_, n) => n);
  const first = longList(numbers.map(text));
  const second = new LongList<string>();
  for (const item of first.drain()) second.push(item);
  const third = longList(numbers.map((n) => text(n + 1)));
  expect([...second]).toEqual(numbers.map(text));
  expect([...third]).toEqual(numbers.map((n) => text(n + 1)));
});
