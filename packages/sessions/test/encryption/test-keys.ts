import { createHash } from "node:crypto";
import type { RandomBytes } from "../../src/encryption/random-bytes.ts";
import { createKeyring, type Keyring } from "../../src/encryption/keyring.ts";

/** A cost of scrypt that tests can pay. */
export const cheapCost = { N: 16, r: 1, p: 1 } as const;

/** Bytes that look random and are the same in each run; never the same twice in one. */
export function countedBytes(seed = 0): RandomBytes {
  let count = 0;
  return (length) => {
    count += 1;
    return createHash("sha512").update(`${seed}/${count}`).digest().subarray(0, length);
  };
}

/** A random key, the same for the same digit. */
export function testKeyring(digit = "a", random: RandomBytes = countedBytes()): Keyring {
  return createKeyring(digit.repeat(64), { random, cost: cheapCost });
}
