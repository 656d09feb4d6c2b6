import { describe, expect, test } from "vitest";
import { canonicalJsonOf } from "./canonical-json-of.ts";

describe("writeCanonicalJson", () => {
  test.each([
    [{ b: 1, a: [true, null, "x"] }, '{"a":[true,null,"x"],"b":1}'],
    [{ "a\u00e9": 1, a: 2, B: 3 }, '{"B":3,"a":2,"aé":1}'],
    [{ 10: "ten", 9: "nine" }, '{"10":"ten","9":"nine"}'],
    [{ there: 1, absent: undefined }, '{"there":1}'],
    [JSON.parse('{"__proto__":{"a":1},"b":2}'), '{"__proto__":{"a":1},"b":2}'],
    [Object.create(null), "{}"],
    ["\ud800", '"\\ud800"'],
  ])("%j is written as %s", (value, text) => {
    expect(canonicalJsonOf(value)).toBe(text);
  });

  test.each([
    ["undefined", undefined],
    ["undefined in a list", [undefined]],
    ["a hole in a list", Array(1)],
    ["NaN", { a: Number.NaN }],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["a bigint", 1n],
    ["a function", () => 1],
    ["a symbol", Symbol("s")],
    ["a date", new Date(0)],
    ["a map", new Map([["a", 1]])],
  ])("%s is refused", (_name, value) => {
    expect(() => canonicalJsonOf(value)).toThrow("canonical JSON can't carry");
  });
});
