import { createSecretKey, type KeyObject } from "node:crypto";
import { StoreError } from "@sessionsmith/core";
import { parseBase64 } from "./base64.ts";
import { keyBytes } from "./hkdf.ts";

/** A key as the operator keeps it. */
export interface KeyText {
  /** `random`: 256 bits that are used as they are. `passphrase`: words that have to be stretched first. */
  readonly kind: "passphrase" | "random";
  readonly secret: KeyObject;
}

/** Fewest characters of a passphrase. */
const shortestPassphrase = 12;

/**
 * Reads a key: 64 hex digits or the base64 of 32 bytes (44 characters, the last one `=`) are a random key; anything else is a
 * passphrase of at least 12 characters, in Unicode's form NFKC. White space around it does not count.
 * @throws StoreError E_KEY for one that is too short; the message never holds it
 */
export function parseKeyText(text: string): KeyText {
  const trimmed = text.trim();
  const random = randomKeyOf(trimmed);
  if (random !== undefined) return { kind: "random", secret: createSecretKey(random) };
  const passphrase = trimmed.normalize("NFKC");
  if (Array.from(passphrase).length >= shortestPassphrase)
    return { kind: "passphrase", secret: createSecretKey(Buffer.from(passphrase, "utf8")) };
  throw new StoreError(
    "E_KEY",
    `The encryption key is too short: a passphrase has at least ${shortestPassphrase} characters. Nothing was changed.`,
    { hint: "Better than a passphrase are 32 random bytes: `openssl rand -hex 32`." },
  );
}

function randomKeyOf(text: string): Buffer | undefined {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return Buffer.from(text, "hex");
  return parseBase64(text, keyBytes);
}
