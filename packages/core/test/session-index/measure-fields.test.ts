import { expect, test } from "vitest";
import { measureFields } from "../../src/session-index/measure-fields.ts";
import { documentOf } from "./index-document-of.ts";

test("adds up names and values of every field of the rows that are understood", () => {
  const document = documentOf(
    `{"a":{"sessionId":"x","skills":{"deep":{"sessionId":1}}},"b":{ "sessionId" : "yy" },"c":[1],"d":{"sessionId":1e400}}`,
  );
  expect(Object.fromEntries(measureFields(document))).toEqual({
    sessionId: { rows: 2, bytes: `"sessionId":"x"`.length + `"sessionId" : "yy"`.length },
    skills: { rows: 1, bytes: `"skills":{"deep":{"sessionId":1}}`.length },
  });
});

test("unusual names are data and come together", () => {
  const document = documentOf(`{"a":{"what she said":1,"__proto__":2,"é":3,"ok":4}}`);
  expect([...measureFields(document).keys()].toSorted()).toEqual(["*", "ok"]);
});
