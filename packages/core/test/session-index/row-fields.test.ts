import { expect, test } from "vitest";
import { scanRowFields } from "../../src/session-index/row-fields.ts";
import { documentOf } from "./index-document-of.ts";

test("lists the fields of the row's own level, duplicates and escaped names included", () => {
  const document = documentOf('{"z":{},"a":{ "x" : {"y":1} , "\\u0078":[{"q":2}], "e":"" }}');
  const [, row] = document.rows;
  const fields = row === undefined ? [] : scanRowFields(document, row);
  expect(
    fields.map(({ key, valueRange }) => [
      key,
      document.bytes.toString("utf8", valueRange.start, valueRange.end),
    ]),
  ).toEqual([
    ["x", '{"y":1}'],
    ["x", '[{"q":2}]'],
    ["e", '""'],
  ]);
});
