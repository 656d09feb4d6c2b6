import { expect, test } from "vitest";
import { parseRow } from "../../src/session-index/parse-row.ts";
import { documentOf } from "./index-document-of.ts";

function parseRows(text: string): unknown[] {
  const document = documentOf(text);
  return document.rows.map((row) => parseRow(document, row));
}

test("yields the object as JSON.parse does", () => {
  expect(parseRows('{ "a": { "é": ["\\u00e9", 1.50], "n": null }, "b": {} }')).toEqual([
    { é: ["é", 1.5], n: null },
    {},
  ]);
});

test("__proto__ is a field like any other", () => {
  const [row] = parseRows('{ "a": { "__proto__": { "admin": true } } }');
  expect(Object.keys(row ?? {})).toEqual(["__proto__"]);
  expect(row).not.toHaveProperty("admin");
});

test("a row that is not understood is not looked into", () => {
  expect(parseRows('{ "a": { "n": 1e400 }, "b": [], "c": { "s": "\\udead" } }')).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
