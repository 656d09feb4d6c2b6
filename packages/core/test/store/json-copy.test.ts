import { describe, expect, test } from "vitest";
import { jsonCopy, jsonCopyOfObject } from "../../src/store/json-copy.ts";

const cycle: unknown[] = [];
cycle.push(cycle);

describe("a copy for JSON", () => {
  test("has all that JSON can carry, own fields of any name, and nothing that is undefined", () => {
    const value = JSON.parse('{"a":[1,-0.5,null,true,"x",{}],"__proto__":{"b":1}}');
    expect(JSON.stringify(jsonCopy(value, "row"))).toBe(JSON.stringify(value));
    expect(Object.keys(jsonCopyOfObject({ kept: 1, gone: undefined }, "row"))).toEqual(["kept"]);
    expect(jsonCopy(Object.create(null), "row")).toEqual({});
  });

  test.each([
    ["NaN", Number.NaN],
    ["an infinity", -Infinity],
    ["a bigint", 1n],
    ["a function", () => 1],
    ["a symbol", Symbol("s")],
    ["undefined in a list", [undefined]],
    // oxlint-disable-next-line no-sparse-arrays -- a hole is what is tested
    ["a hole", [1, , 2]],
    ["a date", new Date(0)],
    ["a map", new Map()],
    ["a cycle", cycle],
  ])("refuses %s, and says where", (_name, value) => {
    expect(() => jsonCopy({ list: [value] }, "key")).toThrow(/^key\.list\[0\]/);
  });
});
