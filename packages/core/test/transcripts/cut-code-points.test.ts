import { assert, integer, property, string } from "fast-check";
import { expect, test } from "vitest";
import { cutCodePoints } from "../../src/transcripts/cut-code-points.ts";

test.each([
  ["abc", 2, "ab"],
  ["abc", 3, "abc"],
  ["abc", 0, ""],
  ["a😀b", 2, "a😀"],
  ["😀😀", 1, "😀"],
  ["\ud83dx", 1, "\ud83d"],
])("%j to %d", (text, limit, expected) => {
  expect(cutCodePoints(text, limit)).toBe(expected);
});

test("is the first code points of the text", () => {
  assert(
    property(string({ unit: "binary" }), integer({ min: 0, max: 20 }), (text, limit) => {
      expect(cutCodePoints(text, limit)).toBe(Array.from(text).slice(0, limit).join(""));
    }),
  );
});
