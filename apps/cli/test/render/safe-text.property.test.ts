import { assert, property, string } from "fast-check";
import { expect, test } from "vitest";
import { safeText } from "../../src/render/safe-text.ts";

test("no text keeps a character that can drive a terminal, and printable ASCII stays as it is", () => {
  assert(
    property(string({ unit: "binary" }), (text) => {
      const shown = safeText(text);
      expect(shown).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(safeText(shown)).toBe(shown);
    }),
  );
});
