import { describe, expect, test } from "vitest";
import { spliceIndex } from "../../src/session-index/splice-index.ts";

const bytes = Buffer.alloc(10, "0123456789");

test("cuts and inserts, and copies nothing that stays", () => {
  const edits = [
    { at: 0, remove: 1, insert: "é" },
    { at: 3, remove: 0, insert: "+" },
    { at: 3, remove: 2, insert: "" },
    { at: 10, remove: 0, insert: "!" },
  ];
  const slices = spliceIndex(bytes, edits);
  expect(Buffer.concat(slices).toString()).toBe("é12+56789!");
  const kept = slices.filter((slice) => slice.buffer === bytes.buffer);
  expect(kept.map(String)).toEqual(["12", "56789"]);
});

test("without edits it is the file", () => {
  expect(spliceIndex(bytes, [])).toEqual([bytes]);
});

describe("edits that do not fit are refused", () => {
  test.each([
    [
      "overlap",
      [
        { at: 2, remove: 3, insert: "" },
        { at: 4, remove: 1, insert: "" },
      ],
    ],
    [
      "are out of order",
      [
        { at: 5, remove: 0, insert: "a" },
        { at: 4, remove: 0, insert: "b" },
      ],
    ],
    ["leave the file", [{ at: 9, remove: 2, insert: "" }]],
    ["start before it", [{ at: -1, remove: 1, insert: "" }]],
    ["remove less than nothing", [{ at: 5, remove: -1, insert: "" }]],
    ["have no place", [{ at: Number.NaN, remove: 0, insert: "" }]],
  ])("because they %s", (_, edits) => {
    expect(() => spliceIndex(bytes, edits)).toThrow(RangeError);
  });
});
