import { isUtf8 } from "node:buffer";
import { array, assert, constant, oneof, property, string, uint8Array } from "fast-check";
import { expect, test } from "vitest";
import { mendUtf8 } from "../../src/session-index/mend-utf8.ts";

test("valid text keeps its bytes, and is the very same buffer", () => {
  assert(
    property(string({ unit: "grapheme" }), (text) => {
      const bytes = Buffer.from(text);
      expect(mendUtf8(bytes)).toEqual({ bytes, invalidAt: undefined });
    }),
  );
});

test("any bytes become valid text, and valid parts stay in it", () => {
  const part = oneof(
    string({ unit: "grapheme" }).map((text) => Buffer.from(text)),
    uint8Array(),
    constant(Buffer.from([0xe9])),
  );
  assert(
    property(array(part), (parts) => {
      const mended = mendUtf8(Buffer.concat(parts));
      expect(isUtf8(mended.bytes)).toBe(true);
      const wanted = parts
        .filter((one) => one.every((byte) => byte < 0x80))
        .map((one) => Buffer.from(one).toString());
      let at = 0;
      for (const text of wanted) {
        at = mended.bytes.toString().indexOf(text, at);
        expect(at).toBeGreaterThanOrEqual(0);
        at += text.length;
      }
    }),
  );
});

test("a byte of Latin-1 becomes its character, and its place is told", () => {
  const mended = mendUtf8(Buffer.from("caf\xe9 s\xf3lo", "latin1"));
  expect(mended.bytes.toString()).toBe("café sólo");
  expect(mended.invalidAt).toBe(3);
});
