import { array, assert, integer, property, string } from "fast-check";
import { expect, test } from "vitest";
import { HashSieve, hashOfText } from "../src/hash-sieve.ts";

test("knows each hash that was added, and no other, however many there are", () => {
  assert(
    property(array(integer({ min: 1, max: 2 ** 32 - 1 }), { maxLength: 200 }), (some) => {
      const sieve = new HashSieve();
      // All in one row of rooms, and enough of them for the sieve to grow.
      const hashes = [...some, ...Array.from({ length: 1500 }, (_, n) => 0xffff_ff00 + (n % 256) - n * 4096)];
      const known = new Set<number>();
      for (const hash of hashes.map((one) => one >>> 0)) {
        expect(sieve.add(hash)).toBe(!known.has(hash));
        known.add(hash);
      }
      for (const hash of known) expect(sieve.add(hash)).toBe(false);
    }),
    { numRuns: 20 },
  );
});

test("takes 0 and 1 for the same", () => {
  const sieve = new HashSieve();
  expect([sieve.add(0), sieve.add(1), sieve.add(0), sieve.add(2)]).toEqual([true, false, false, true]);
});

test("a hash of a text has 32 bits, the same each time", () => {
  assert(
    property(string({ unit: "binary" }), (text) => {
      const hash = hashOfText(text);
      expect([hash >>> 0, hashOfText(text)]).toEqual([hash, hash]);
    }),
  );
});

test("texts that differ little hardly ever have one hash", () => {
  const hashes = new Set(Array.from({ length: 20_000 }, (_, n) => hashOfText(`agent:main:session-${n}`)));
  expect(hashes.size).toBeGreaterThan(19_990);
});
