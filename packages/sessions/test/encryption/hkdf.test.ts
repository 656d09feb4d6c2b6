import { createSecretKey } from "node:crypto";
import { expect, test } from "vitest";
import { deriveBytes, deriveKey } from "../../src/encryption/hkdf.ts";

const range = (from: number, to: number) =>
  Buffer.from(Array.from({ length: to - from + 1 }, (_, n) => from + n));

test.each([
  {
    name: "A.1",
    from: Buffer.alloc(22, 0x0b),
    salt: range(0x00, 0x0c),
    info: range(0xf0, 0xf9),
    length: 42,
    made: "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
  },
  {
    name: "A.2",
    from: range(0x00, 0x4f),
    salt: range(0x60, 0xaf),
    info: range(0xb0, 0xff),
    length: 82,
    made: "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
  },
  {
    name: "A.3",
    from: Buffer.alloc(22, 0x0b),
    salt: Buffer.alloc(0),
    info: Buffer.alloc(0),
    length: 42,
    made: "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
  },
])("RFC 5869, $name", ({ from, salt, info, length, made }) => {
  const key = createSecretKey(from);
  expect(deriveBytes(key, { salt, info }, length).toString("hex")).toBe(made);
  expect(deriveKey(key, { salt, info }).export().toString("hex")).toBe(made.slice(0, 64));
});
