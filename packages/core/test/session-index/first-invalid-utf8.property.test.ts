import { isUtf8 } from "node:buffer";
import { array, assert, constantFrom, nat, oneof, property } from "fast-check";
import { expect, test } from "vitest";
import { firstInvalidUtf8 } from "../../src/session-index/first-invalid-utf8.ts";

/** Bytes at the borders of UTF-8, and whole characters. */
const piece = oneof(
  constantFrom(0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf).map((byte) =>
    Buffer.of(byte),
  ),
  constantFrom(0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff).map((byte) =>
    Buffer.of(byte),
  ),
  nat(255).map((byte) => Buffer.of(byte)),
  constantFrom("a", "é", "€", "😀", "\u{10ffff}", "\ud7ff", "\ue000").map((text) => Buffer.from(text)),
);

test("agrees with isUtf8, and all before the offset is valid", () => {
  assert(
    property(array(piece, { maxLength: 12 }), (pieces) => {
      const bytes = Buffer.concat(pieces);
      const offset = firstInvalidUtf8(bytes);
      expect(offset === -1).toBe(isUtf8(bytes));
      if (offset === -1) return;
      expect(isUtf8(bytes.subarray(0, offset))).toBe(true);
      for (let end = offset + 1; end <= bytes.length; end += 1) {
        expect(isUtf8(bytes.subarray(offset, end))).toBe(false);
      }
    }),
    { numRuns: 2000 },
  );
});
