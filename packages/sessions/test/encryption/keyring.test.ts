import { describe, expect, test } from "vitest";
import { createKeyring } from "../../src/encryption/keyring.ts";
import { cheapCost, countedBytes, testKeyring } from "./test-keys.ts";

const passphrase = "correct horse battery staple";
const options = () => ({ random: countedBytes(), cost: cheapCost });

describe("a random key", () => {
  test("is not stretched, and has another salt for each session", () => {
    const ring = testKeyring();
    const [one, two] = [ring.newParams(), ring.newParams()];
    expect(one).toEqual({ id: two.id, salt: expect.stringMatching(/^.{22}==$/), scrypt: null });
    expect(one.salt).not.toBe(two.salt);
    expect(ring.masterKey(one, "x").equals(ring.masterKey(two, "x"))).toBe(true);
  });

  test("does not fit what another key was used for", () => {
    const params = testKeyring("a").newParams();
    const other = testKeyring("b");
    expect(other.fits(params)).toBe(false);
    expect(() => other.masterKey(params, "s1.jsonl")).toThrow(
      expect.objectContaining({
        code: "E_KEY",
        message: expect.stringContaining("s1.jsonl is encrypted with"),
      }),
    );
    expect(createKeyring(passphrase, options()).fits(params)).toBe(false);
  });
});

describe("a passphrase", () => {
  test("is stretched, and its parameters are enough to do it again", () => {
    const params = createKeyring(passphrase, options()).newParams();
    expect(params.scrypt).toMatchObject(cheapCost);
    const again = createKeyring(`${passphrase}\n`, { ...options(), cost: { N: 32, r: 1, p: 1 } });
    expect(again.fits(params)).toBe(true);
    expect(createKeyring("correct horse battery stable", options()).fits(params)).toBe(false);
  });

  test("is stretched as it was before, if it fits what is there", () => {
    const first = createKeyring(passphrase, options()).newParams();
    const foreign = createKeyring("another passphrase", options()).newParams();
    const later = createKeyring(passphrase, { random: countedBytes(9), cost: cheapCost });
    const params = later.newParams([foreign, first]);
    expect(params.scrypt).toEqual(first.scrypt);
    expect(params.salt).not.toBe(first.salt);
  });
});
