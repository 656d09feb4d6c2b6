import { expect, test } from "vitest";
import { combinations } from "../../src/memory-fs/combinations.ts";

test.each<{ lists: string[]; most: number; expected: string[] }>([
  { lists: [], most: 1, expected: [""] },
  { lists: ["ab", "xy"], most: 4, expected: ["ax", "ay", "bx", "by"] },
  { lists: ["ab", "xyz"], most: 5, expected: ["ax", "az", "bx", "ay", "by", "bz"] },
])("$lists, at most $most", ({ lists, most, expected }) => {
  const found = combinations(
    lists.map((list) => list.split("")),
    most,
  );
  expect(found.map((row) => row.join(""))).toEqual(expected);
});
