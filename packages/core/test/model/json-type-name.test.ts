import { expect, test } from "vitest";
import { jsonTypeName } from "../../src/model/json-type-name.ts";

test.each([
  [undefined, "absent"],
  [null, "null"],
  [[], "array"],
  [{}, "object"],
  ["", "string"],
  [0, "number"],
  [Number.POSITIVE_INFINITY, "infinite"],
  [false, "boolean"],
])("jsonTypeName(%j) is %s", (value, expected) => {
  expect(jsonTypeName(value)).toBe(expected);
});
