import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/json-value.ts";
import { insertRowsEdits } from "../../src/session-index/insert-rows-edits.ts";
import { edited } from "./edited.ts";
import { documentOf } from "./index-document-of.ts";

function withRow(text: string, value: JsonObject = { n: 1 }): string {
  const document = documentOf(text);
  return edited(document, insertRowsEdits(document, [{ key: "new", value }]));
}

describe("a new row looks like the others", () => {
  test.each([
    [
      "two spaces",
      '{\n  "a": {\n    "n": 0\n  }\n}\n',
      '{\n  "a": {\n    "n": 0\n  },\n  "new": {\n    "n": 1\n  }\n}\n',
    ],
    [
      "tabs",
      '{\n\t"a": {\n\t\t"n": 0\n\t}\n}',
      '{\n\t"a": {\n\t\t"n": 0\n\t},\n\t"new": {\n\t\t"n": 1\n\t}\n}',
    ],
    [
      "Windows line ends",
      '{\r\n  "a": {\r\n    "n": 0\r\n  }\r\n}\r\n',
      '{\r\n  "a": {\r\n    "n": 0\r\n  },\r\n  "new": {\r\n    "n": 1\r\n  }\r\n}\r\n',
    ],
    ["minified", '{"a":{"n":0}}', '{"a":{"n":0},"new":{"n":1}}'],
    ["one row a line", '{\n"a": {"n":0},\n"b": {}\n}', '{\n"a": {"n":0},\n"b": {},\n"new": {"n":1}\n}'],
    [
      "commas in front",
      '{"a":{\n"n":0}\n,"b":{\n"n":0}\n}',
      '{"a":{\n"n":0}\n,"b":{\n"n":0}\n,"new":{"n":1}\n}',
    ],
    ["spaced on one line", '{ "a" : {} , "b" : {} }', '{ "a" : {} , "b" : {} , "new" : {"n":1} }'],
    [
      "an indented document",
      ' {\n   "a": {\n     "n": 0\n   }\n }',
      ' {\n   "a": {\n     "n": 0\n   },\n   "new": {\n     "n": 1\n   }\n }',
    ],
    ["only empty rows", '{\n  "a": {}\n}', '{\n  "a": {},\n  "new": {\n    "n": 1\n  }\n}'],
  ])("%s", (_, before, after) => {
    expect(withRow(before)).toBe(after);
  });
});

describe("an index without rows", () => {
  test.each([
    ["{}", '{\n  "new": {\n    "n": 1\n  }\n}'],
    ["{}\n", '{\n  "new": {\n    "n": 1\n  }\n}\n'],
    ["{ \n }\n", '{\n  "new": {\n    "n": 1\n  }\n}\n'],
    ["{\r\n}\r\n", '{\r\n  "new": {\r\n    "n": 1\r\n  }\r\n}\r\n'],
  ])("%j", (before, after) => {
    expect(withRow(before)).toBe(after);
  });
});

test("several rows keep their order", () => {
  const document = documentOf('{"a":{}}');
  const rows = ["z", "", "__proto__", '"\ud800'].map((key) => ({ key, value: {} }));
  expect(edited(document, insertRowsEdits(document, rows))).toBe(
    '{"a":{},"z":{},"":{},"__proto__":{},"\\"\\ud800":{}}',
  );
});

test("line ends in a text are no line ends of the file", () => {
  expect(withRow('{\r\n  "a": {\r\n    "n": 0\r\n  }\r\n}', { text: "one\ntwo" })).toContain(
    '"text": "one\\ntwo"\r\n  }',
  );
});

test.each(["{}", '{\n  "first": {}\n}\n', '{"first":{},"second":{"n":1}}'])(
  "very many rows are added to %j by several edits, as one by one",
  (text) => {
    const rows = Array.from({ length: 200 }, (_, n) => ({ key: `row ${n}`, value: { n } }));
    const edits = insertRowsEdits(documentOf(text), rows);
    expect(edits.length).toBeGreaterThan(2);
    let expected = text;
    for (const row of rows)
      expected = edited(documentOf(expected), insertRowsEdits(documentOf(expected), [row]));
    expect(edited(documentOf(text), edits)).toBe(expected);
  },
);
