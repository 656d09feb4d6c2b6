import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { rowSha256 } from "../../src/plan/row-sha256.ts";
import { documentOf } from "../session-index/index-document-of.ts";

test("covers the key and the value as they are spelled, and nothing around them", () => {
  const document = documentOf('{ "a" : {"x":1e2} , "b":{} }');
  const [first] = document.rows;
  if (first === undefined) throw new Error("no row");
  expect(rowSha256(document, first)).toBe(createHash("sha256").update('"a" : {"x":1e2}').digest("hex"));
});
