import { assert, jsonValue, property } from "fast-check";
import { expect, test } from "vitest";
import { writeJson } from "../../src/render/json.ts";

test("whatever JSON can carry is read back the same, and no chunk can drive a terminal", () => {
  assert(
    property(jsonValue({ maxDepth: 4 }), (value) => {
      let text = "";
      writeJson(value, (chunk) => {
        text += chunk;
      });
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    }),
  );
});
