import {
  type Arbitrary,
  array,
  assert,
  boolean,
  constantFrom,
  integer,
  letrec,
  oneof,
  property,
  tuple,
  uniqueArray,
} from "fast-check";
import JSON5 from "json5";
import { describe, expect, test } from "vitest";
import { setJson5Member } from "../../src/layout/set-json5-member.ts";

describe("setJson5Member", () => {
  test.each([
    ["", ["a", "b"], 1, "{\n  a: { b: 1 },\n}\n"],
    ["{}", ["a"], "x", '{\n  a: "x",\n}'],
    ["{ a: 1 }", ["b"], 2, "{ a: 1, b: 2 }"],
    ["{ a: 1, }", ["b"], 2, "{ a: 1, b: 2 }"],
    ["{ a: 1 }", ["a"], null, "{ a: null }"],
    ["{\n  a: 1 // why\n}\n", ["b"], 2, "{\n  a: 1, // why\n  b: 2,\n}\n"],
    ["{\n  a: 1, /* why */\n}\n", ["b"], 2, "{\n  a: 1, /* why */\n  b: 2,\n}\n"],
    [
      "// top\n{ a: { b: 'x' /* in */ } } // end\n",
      ["a", "b"],
      3,
      "// top\n{ a: { b: 3 /* in */ } } // end\n",
    ],
    ["{ 'a': { b: [1, {c: '}'}] }, z: 1 }", ["a", "b"], true, "{ 'a': { b: true }, z: 1 }"],
    ["{ a: 1, a: 2 }", ["a"], 3, "{ a: 1, a: 3 }"],
    ["{ a: 'it\\'s, {' , b: 1 }", ["b"], 2, "{ a: 'it\\'s, {' , b: 2 }"],
    ["{ a: 5 }", ["a", "b"], 1, "{ a: { b: 1 } }"],
    ["{\n\ta: {\n\t\tb: 1\n\t}\n}", ["a", "c"], 2, "{\n\ta: {\n\t\tb: 1,\n\t\tc: 2,\n\t}\n}"],
    ["{ // nothing\n}", ["a"], 1, "{\n  a: 1, // nothing\n}"],
    ["{\r\n  a: 1\r\n}\r\n", ["b"], 2, "{\r\n  a: 1,\n  b: 2,\r\n}\r\n"],
  ] as const)("%j, %j = %j", (text, path, value, expected) => {
    expect(setJson5Member(text, path, value)).toBe(expected);
  });

  const name = constantFrom("a", "b", "lease", "defaultTtl");
  const scalar = oneof(integer(), boolean(), constantFrom("x", "}", "//", "'", '"', "/*", "\n"));
  const gap = constantFrom("", " ", "\n", "// c }\n", "/* , */", "\t");
  const tree: Arbitrary<string> = letrec<{ node: string }>((tie) => ({
    node: oneof(
      { depthSize: "small", withCrossShrink: true },
      scalar.map((value) => JSON.stringify(value)),
      array(tie("node"), { maxLength: 2 }).map((items) => `[${items.join(",")}]`),
      tuple(
        uniqueArray(name, { maxLength: 3 }),
        array(tie("node"), { minLength: 3, maxLength: 3 }),
        gap,
        gap,
        boolean(),
      ).map(([names, values, before, after, comma]) => {
        const members = names.map((one, n) => `${before}${one}${after}:${before}${values[n] ?? "0"}${after}`);
        return `{${members.join(",")}${comma && members.length > 0 ? "," : ""}${after}}`;
      }),
    ),
  })).node;

  test("any text says afterwards what it said before, but for the member", () => {
    const objects = tree.filter((text) => text.startsWith("{"));
    assert(
      property(objects, array(name, { minLength: 1, maxLength: 3 }), scalar, (text, path, value) => {
        // The function itself compares both, and throws.
        expect(JSON5.parse(setJson5Member(text, path, value))).toBeTypeOf("object");
      }),
    );
  });
});
