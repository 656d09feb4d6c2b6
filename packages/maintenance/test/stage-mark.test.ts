import { expect, test } from "vitest";
import { isMarked, isOnlyMarked, stageMark } from "../src/stage-mark.ts";

test("the mark stands beside what others keep there", () => {
  const entry = { pluginExtensions: { other: { a: 1 }, sessionsmith: { lease: { user: "ann" } } } };
  const marked = stageMark(entry, "s1.jsonl");
  expect(marked).toEqual({
    pluginExtensions: {
      other: { a: 1 },
      sessionsmith: { lease: { user: "ann" }, stage: { kept: "metadata", transcript: "s1.jsonl" } },
    },
  });
  expect(isMarked(marked, "s1.jsonl")).toBe(true);
  expect(isMarked(marked, "s2.jsonl")).toBe(false);
  expect(isMarked(entry, "s1.jsonl")).toBe(false);
  expect(isMarked(stageMark({ pluginExtensions: "odd" }, "s1.jsonl"), "s1.jsonl")).toBe(true);
});

test.each([
  [{}, false],
  [{ pluginExtensions: { other: {} } }, false],
  [{ pluginExtensions: { sessionsmith: {} } }, false],
  [{ pluginExtensions: { sessionsmith: { lease: {} } } }, false],
  [stageMark({}, "s1.jsonl"), true],
  [stageMark({ pluginExtensions: { sessionsmith: { lease: {} } } }, "s1.jsonl"), false],
])("%j has the mark and nothing else of ours: %j", (entry, expected) => {
  expect(isOnlyMarked(entry)).toBe(expected);
});
