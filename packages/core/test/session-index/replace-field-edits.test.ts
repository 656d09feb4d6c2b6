import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../src/json-value.ts";
import { replaceFieldEdits } from "../../src/session-index/replace-field-edits.ts";
import { edited } from "./edited.ts";
import { documentOf } from "./index-document-of.ts";

function changed(text: string, changes: readonly (readonly [string, JsonValue | undefined])[]): string {
  const document = documentOf(text);
  return edited(document, replaceFieldEdits(document, "a", new Map(changes)));
}

const pretty = '{\n  "a": {\n    "n": 1.50,\n    "s": "\\u0041",\n    "z": [ 1,2 ]\n  },\n  "b": {}\n}\n';

test("other fields keep their bytes", () => {
  expect(changed(pretty, [["s", "B"]])).toBe(pretty.replace('"\\u0041"', '"B"'));
  expect(changed(pretty, [["s", undefined]])).toBe(pretty.replace('"s": "\\u0041",\n    ', ""));
  expect(changed(pretty, [["z", undefined]])).toBe(pretty.replace(',\n    "z": [ 1,2 ]', ""));
  expect(changed(pretty, [["none", undefined]])).toBe(pretty);
});

test("a new field is the last one, and may take the place of the one before", () => {
  expect(changed(pretty, [["new", null]])).toBe(pretty.replace("[ 1,2 ]", '[ 1,2 ],\n    "new": null'));
  expect(
    changed(pretty, [
      ["z", undefined],
      ["new", true],
    ]),
  ).toBe(pretty.replace('"z": [ 1,2 ]', '"new": true'));
});

test("a value of several lines is indented like the row", () => {
  const text = '{\n  "a": {\n    "o": {\n      "x": 1\n    }\n  }\n}';
  expect(changed(text, [["o", { y: [2] }]])).toBe(
    '{\n  "a": {\n    "o": {\n      "y": [\n        2\n      ]\n    }\n  }\n}',
  );
  expect(changed('{"a":{"o":1}}', [["o", { y: [2] }]])).toBe('{"a":{"o":{"y":[2]}}}');
});

test("a row loses all fields, or all for new ones", () => {
  expect(
    changed('{"a":{"n":1,"m":2}}', [
      ["n", undefined],
      ["m", undefined],
    ]),
  ).toBe('{"a":{}}');
  expect(
    changed('{ "a": { "n": 1 } }', [
      ["n", undefined],
      ["m", 2],
    ]),
  ).toBe('{ "a": { "m": 2 } }');
});

describe("a row without fields", () => {
  test.each([
    [
      '{\n  "a": {},\n  "b": {\n    "n": 1\n  }\n}',
      '{\n  "a": {\n    "m": 2\n  },\n  "b": {\n    "n": 1\n  }\n}',
    ],
    ['{"a":{}}', '{"a":{"m":2}}'],
    ['{\n  "a": {}\n}', '{\n  "a": {\n    "m": 2\n  }\n}'],
  ])("%j", (before, after) => {
    expect(changed(before, [["m", 2]])).toBe(after);
  });
});

describe("a field that is there twice", () => {
  const text = '{"a":{"n":1,"m":2,"\\u006e":3}}';

  test("changes where it counts", () => {
    expect(changed(text, [["n", 9]])).toBe('{"a":{"n":1,"m":2,"\\u006e":9}}');
  });

  test("goes twice", () => {
    expect(changed(text, [["n", undefined]])).toBe('{"a":{"m":2}}');
  });
});

test("__proto__ is a field like any other", () => {
  expect(
    changed('{"a":{"__proto__":1}}', [
      ["__proto__", 2],
      ["constructor", 3],
    ]),
  ).toBe('{"a":{"__proto__":2,"constructor":3}}');
});

test("a row that is there twice is changed in both places, so that it is still understood", () => {
  const twice = changed('{"a":{"n":1},"a":{"n":1}}', [["n", 2]]);
  expect(twice).toBe('{"a":{"n":2},"a":{"n":2}}');
  expect(documentOf(twice).rows.map(({ understood }) => understood)).toEqual([true, true]);
});

test("a row that is not understood is never changed", () => {
  expect(() => changed('{"a":{"n":1e400}}', [["m", 1]])).toThrow("not understood");
  expect(() => changed('{"a":[]}', [["m", 1]])).toThrow("not understood");
});
