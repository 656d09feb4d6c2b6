import { assert, jsonValue, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { parseExactJson } from "../../src/session-index/parse-exact-json.ts";

const problemOf = (text: string): string | undefined => {
  const read = parseExactJson(text);
  return read.ok ? undefined : read.problem;
};

describe("parseExactJson", () => {
  test.each([
    "3",
    " 1.50 ",
    "-0",
    "1E3",
    '"a:b"',
    "[]",
    '{"a":{"a":1},"b":[{"a":":"}]}',
    '{"__proto__":1}',
    "null",
  ])("%s is what it says", (text) => {
    expect(parseExactJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
  });

  test("any value that was printed is what it says", () => {
    assert(
      property(jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        expect(parseExactJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  test.each(["", " ", "{", "01", "NaN", "1 2", "{'a':1}", "[1,]", "\u00a01"])("%j is no JSON", (text) => {
    expect(problemOf(text)).toBe("is no JSON value");
  });

  test.each(["9007199254740993", "1e400", "[0.1234567890123456789]", '{"a":{"b":-1e999}}'])(
    "%s holds a number that would change",
    (text) => {
      expect(problemOf(text)).toMatch(/^holds a number/);
    },
  );

  test.each(['{"a":1,"a":1}', '[{"b":{"a":1,"b":2,"a":3}}]', String.raw`{"a":1,"\u0061":2}`])(
    "%s names a member twice",
    (text) => {
      expect(problemOf(text)).toBe("names a member twice");
    },
  );

  test("nesting costs nothing, and is refused", () => {
    expect(problemOf("[".repeat(100_000) + "]".repeat(100_000))).toBe("is nested too deep");
  });
});
