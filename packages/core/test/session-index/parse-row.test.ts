import { expect, test } from "vitest";
import { parseLeanRow, parseRow } from "../../src/session-index/parse-row.ts";
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

function parseLean(text: string): unknown[] {
  const document = documentOf(text);
  return document.rows.map((row) => parseLeanRow(document, row));
}

test("a lean row lacks the value of its largest field that no rule looks at, wherever that stands", () => {
  const small = '"systemPromptReport": 1';
  const large = '"skills\\u0053napshot": { "prompt": "}\\"é", "skills": [] }';
  expect(
    parseLean(`{ "a": { ${small}, ${large} , "n": "ü" }, "b": { "n": 1, ${large}, ${small} } }`),
  ).toEqual([
    { systemPromptReport: 1, skillsSnapshot: null, n: "ü" },
    { n: 1, skillsSnapshot: null, systemPromptReport: 1 },
  ]);
});

test("a field of that name deeper in the row stays, and so does a row without one", () => {
  const text =
    '{ "a": { "origin": { "skillsSnapshot": { "x": 1 } } }, "b": {}, "c": { "n": 1e400, "skillsSnapshot": {} } }';
  expect(parseLean(text)).toEqual([{ origin: { skillsSnapshot: { x: 1 } } }, {}, undefined]);
});
