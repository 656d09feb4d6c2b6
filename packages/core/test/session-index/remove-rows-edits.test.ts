import { expect, test } from "vitest";
import { removeRowsEdits } from "../../src/session-index/remove-rows-edits.ts";
import { edited } from "./edited.ts";
import { documentOf } from "./index-document-of.ts";

function without(text: string, ...keys: string[]): string {
  const document = documentOf(text);
  return edited(document, removeRowsEdits(document, new Set(keys)));
}

const pretty = '{\n  "a": {},\n  "b": { "x": 1.50 },\n  "c": {}\n}\n';

test.each([
  [["a"], '{\n  "b": { "x": 1.50 },\n  "c": {}\n}\n'],
  [["b"], '{\n  "a": {},\n  "c": {}\n}\n'],
  [["c"], '{\n  "a": {},\n  "b": { "x": 1.50 }\n}\n'],
  [["a", "b"], '{\n  "c": {}\n}\n'],
  [["b", "c"], '{\n  "a": {}\n}\n'],
  [["a", "c"], '{\n  "b": { "x": 1.50 }\n}\n'],
  [["a", "b", "c"], "{}\n"],
  [[], pretty],
])("without %j", (keys, text) => {
  expect(without(pretty, ...keys)).toBe(text);
});

test("odd white space goes with the row in front of it", () => {
  expect(without('{ "a" : 1 , "b" : 2 ,"c":3 }', "a")).toBe('{ "b" : 2 ,"c":3 }');
  expect(without('{ "a" : 1 , "b" : 2 ,"c":3 }', "b")).toBe('{ "a" : 1 , "c":3 }');
  expect(without('{ "a" : 1 , "b" : 2 ,"c":3 }', "c")).toBe('{ "a" : 1 , "b" : 2 }');
});

test("shadowed rows of the key go too, so that none of them comes back to life", () => {
  expect(without('{"a":{"n":1},"b":{},"\\u0061":{"n":2},"c":{}}', "a")).toBe('{"b":{},"c":{}}');
});

test("a row that is not understood can be removed by its name", () => {
  expect(without('{"a":null,"b":{},"c":{"n":1e400}}', "a", "c")).toBe('{"b":{}}');
});

test("what surrounds the document stays", () => {
  expect(without(' \r\n{\r\n\t"a": {}\r\n}\r\n\r\n', "a")).toBe(" \r\n{}\r\n\r\n");
});
