import { createSecretKey, createDecipheriv, scryptSync } from "node:crypto";
import { isJsonObject, type JsonValue, StoreError } from "@sessionsmith/core";

/** Clodds took Node's own cost, and kept neither it nor a version. */
const cloddsCost = { N: 16_384, r: 8, p: 1 } as const;

/**
 * Reads an encrypted text of Clodds: `{__encrypted: true, encrypted, iv, authTag, salt}`, all base64, encrypted by AES-256-GCM with a
 * nonce of 16 bytes and a key that scrypt made of the password. Only for reading: nothing of this form is ever written.
 * @returns the text; undefined if the value is no such envelope
 * @throws StoreError E_KEY if the password is another one, or the envelope was changed: it can't tell which
 */
export function openCloddsEnvelope(value: JsonValue, password: string): string | undefined {
  if (!isJsonObject(value) || value["__encrypted"] !== true) return undefined;
  const [text, iv, tag, salt] = ["encrypted", "iv", "authTag", "salt"].map((name) => {
    const field = value[name];
    return typeof field === "string" ? Buffer.from(field, "base64") : undefined;
  });
  if (text === undefined || iv === undefined || tag === undefined || salt === undefined) throw unreadable();
  if (iv.length !== 16 || tag.length !== 16 || salt.length === 0) throw unreadable();
  const key = createSecretKey(scryptSync(password, salt, 32, cloddsCost));
  const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: 16 });
  decipher.setAuthTag(tag);
  const plain = decipher.update(text);
  try {
    return Buffer.concat([plain, decipher.final()]).toString("utf8");
  } catch (error) {
    throw unreadable(error);
  }
}

function unreadable(cause?: unknown): StoreError {
  return new StoreError(
    "E_KEY",
    "An encrypted text of Clodds can't be decrypted: the password is another one, or the text was changed.",
    { hint: "Give the password that Clodds had in CLODDS_SESSION_KEY or encryption.password.", cause },
  );
}
