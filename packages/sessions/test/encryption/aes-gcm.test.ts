import { createSecretKey } from "node:crypto";
import { describe, expect, test } from "vitest";
import { decryptGcm, encryptGcm } from "../../src/encryption/aes-gcm.ts";

const hex = (text: string) => Buffer.from(text, "hex");

const longText =
  "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
const longCipher =
  "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662";
const longKey = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";

/** McGrew and Viega, "The Galois/Counter Mode of Operation": the cases with a key of 256 bits and a nonce of 96. */
const vectors = [
  {
    name: "13",
    key: "00".repeat(32),
    nonce: "00".repeat(12),
    associated: "",
    plain: "",
    text: "",
    tag: "530f8afbc74536b9a963b4f1c4cb738b",
  },
  {
    name: "14",
    key: "00".repeat(32),
    nonce: "00".repeat(12),
    associated: "",
    plain: "00".repeat(16),
    text: "cea7403d4d606b6e074ec5d3baf39d18",
    tag: "d0d1c8a799996bf0265b98b5d48ab919",
  },
  {
    name: "15",
    key: longKey,
    nonce: "cafebabefacedbaddecaf888",
    associated: "",
    plain: `${longText}1aafd255`,
    text: `${longCipher}898015ad`,
    tag: "b094dac5d93471bdec1a502270e3cc6c",
  },
  {
    name: "16",
    key: longKey,
    nonce: "cafebabefacedbaddecaf888",
    associated: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
    plain: longText,
    text: longCipher,
    tag: "76fc6ece0f4e1768cddf8853bb2d551b",
  },
];

describe.each(vectors)(
  "test case $name of the specification",
  ({ key, nonce, associated, plain, text, tag }) => {
    const input = { key: createSecretKey(hex(key)), nonce: hex(nonce), associated: hex(associated) };

    test("is encrypted as published", () => {
      const made = encryptGcm(input, hex(plain));
      expect(made.text.toString("hex")).toBe(text);
      expect(made.tag.toString("hex")).toBe(tag);
    });

    test("is decrypted", () => {
      expect(decryptGcm(input, { text: hex(text), tag: hex(tag) })?.toString("hex")).toBe(plain);
    });

    test("is refused if any bit of it is another one", () => {
      const whole = { ...input, text: hex(text), tag: hex(tag) };
      for (const part of ["nonce", "associated", "text", "tag"] as const) {
        for (let at = 0; at < whole[part].length; at += 1) {
          const changed = Buffer.from(whole[part]);
          changed.writeUInt8(changed.readUInt8(at) ^ (1 << (at % 8)), at);
          const other = { ...whole, [part]: changed };
          expect(decryptGcm(other, other)).toBeUndefined();
        }
      }
    });
  },
);
