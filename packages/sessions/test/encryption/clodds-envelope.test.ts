import { createCipheriv, scryptSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { openCloddsEnvelope } from "../../src/encryption/clodds-envelope.ts";

const password = "clodds session key";
const text = JSON.stringify({
  conversationHistory: [{ role: "user", content: "What is my portfolio value?" }],
});

/** As Clodds' own module encrypts: a nonce of 16 bytes, no associated data, Node's cost of scrypt. */
function cloddsEnvelope() {
  const [salt, iv] = [Buffer.alloc(32, 7), Buffer.alloc(16, 9)];
  const cipher = createCipheriv("aes-256-gcm", scryptSync(password, salt, 32), iv);
  const encrypted = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return {
    __encrypted: true,
    encrypted: encrypted.toString("base64"),
    iv: iv.toString("base64"),
    authTag: cipher.getAuthTag().toString("base64"),
    salt: salt.toString("base64"),
  };
}

describe("openCloddsEnvelope", () => {
  test("reads what Clodds wrote", () => {
    expect(openCloddsEnvelope(cloddsEnvelope(), password)).toBe(text);
  });

  test.each([null, "text", { encrypted: "x" }, { __encrypted: false }])("%j is no envelope", (value) => {
    expect(openCloddsEnvelope(value, password)).toBeUndefined();
  });

  test("another password is an error, and so is a changed text", () => {
    const envelope = cloddsEnvelope();
    const changed = { ...envelope, encrypted: Buffer.from("something else").toString("base64") };
    expect(() => openCloddsEnvelope(envelope, "another password")).toThrow(
      expect.objectContaining({ code: "E_KEY" }),
    );
    expect(() => openCloddsEnvelope(changed, password)).toThrow(expect.objectContaining({ code: "E_KEY" }));
    expect(() => openCloddsEnvelope({ ...envelope, authTag: "AAAA" }, password)).toThrow(
      expect.objectContaining({ code: "E_KEY" }),
    );
    expect(() => openCloddsEnvelope({ __encrypted: true }, password)).toThrow(
      expect.objectContaining({ code: "E_KEY" }),
    );
  });
});
