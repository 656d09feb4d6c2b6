import { createCipheriv, createDecipheriv, type KeyObject } from "node:crypto";

const algorithm = "aes-256-gcm";

/** Bytes of a nonce (96 bits, as NIST SP 800-38D recommends) and of a tag. */
export const nonceBytes = 12;
export const tagBytes = 16;

/** What goes along with an encryption. */
export interface GcmInput {
  /** 256 bits. */
  readonly key: KeyObject;
  /** 96 bits; never used twice with one key for two different texts. */
  readonly nonce: Uint8Array;
  /** What is authenticated, and not encrypted. */
  readonly associated: Uint8Array;
}

/** Encrypts by AES-256-GCM. */
export function encryptGcm(
  { key, nonce, associated }: GcmInput,
  plain: Uint8Array,
): { readonly text: Buffer; readonly tag: Buffer } {
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(associated);
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return { text, tag: cipher.getAuthTag() };
}

/** Decrypts by AES-256-GCM; undefined if anything is not as it was encrypted. No byte is handed out before all is verified. */
export function decryptGcm(
  { key, nonce, associated }: GcmInput,
  { text, tag }: { readonly text: Uint8Array; readonly tag: Uint8Array },
): Buffer | undefined {
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(associated);
  decipher.setAuthTag(tag);
  const plain = decipher.update(text);
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    // Node says no more of a tag that does not match than that it does not; nothing else is thrown here.
    return undefined;
  }
}
