import { describe, expect, test } from "vitest";
import { writeCanonicalJson } from "../../src/plan/canonical-json.ts";
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
    [
      [{ b: [{ d: 1, c: -0 }], a: 2 }, { 1: { z: 1, y: 2 } }],
      '[{"a":2,"b":[{"c":0,"d":1}]},{"1":{"y":2,"z":1}}]',
    ],
  ])("%j is written as %s", (value, text) => {
    expect(canonicalJsonOf(value)).toBe(text);
  });

  test("a long list comes in parts, each item as it would come alone", () => {
    const items = Array.from({ length: 1000 }, (_, n) => (n % 7 === 0 ? { [n]: n } : { n, a: [n] }));
    const parts: string[] = [];
    writeCanonicalJson(items, (part) => parts.push(part));
    expect(parts.join("")).toBe(`[${items.map(canonicalJsonOf).join(",")}]`);
    // However long an item is, no text is of more than one.
    expect(parts.length).toBeGreaterThanOrEqual(items.length);
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
