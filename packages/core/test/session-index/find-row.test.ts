import { expect, test } from "vitest";
import { findRow, lastRowsByKey } from "../../src/session-index/find-row.ts";
import { parseRow } from "../../src/session-index/parse-row.ts";
import { documentOf } from "./index-document-of.ts";

const document = documentOf(
  '{ "a": {}, "b": { "n": 1 }, "__proto__": { "n": 2 }, "": { "n": 3 }, "a": { "n": 4 } }',
);

test("the last row of a key counts, at its own place", () => {
  expect([...lastRowsByKey(document).keys()]).toEqual(["b", "__proto__", "", "a"]);
  expect(findRow(document, "a")).toBe(document.rows[4]);
});

test.each([
  ["__proto__", 2],
  ["", 3],
])("the key %j is an ordinary one", (key, n) => {
  const row = findRow(document, key);
  expect(lastRowsByKey(document).get(key)).toBe(row);
  expect(row && parseRow(document, row)).toEqual({ n });
});

test.each(["constructor", "toString", "c"])("there is no row %s", (key) => {
  expect(findRow(document, key)).toBeUndefined();
  expect(lastRowsByKey(document).has(key)).toBe(false);
});
