import { createSecretKey, hkdfSync, type KeyObject } from "node:crypto";

/** Bytes of every key that is derived: 256 bits. */
export const keyBytes = 32;

/** What a key is derived from, beside the key above it. */
export interface Derivation {
  readonly salt: Uint8Array;
  /** What the key is for; two uses never have the same. */
  readonly info: Uint8Array;
}

/** Derives bytes by HKDF with SHA-256 (RFC 5869). */
export function deriveBytes(from: KeyObject, { salt, info }: Derivation, length: number): Buffer {
  return Buffer.from(hkdfSync("sha256", from, salt, info, length));
}

/** Derives a key of 256 bits by HKDF with SHA-256; its bytes never show in a log. */
export function deriveKey(from: KeyObject, derivation: Derivation): KeyObject {
  return createSecretKey(deriveBytes(from, derivation, keyBytes));
}
