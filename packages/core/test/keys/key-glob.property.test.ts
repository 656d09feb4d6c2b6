import { array, assert, constantFrom, integer, property } from "fast-check";
import { expect, test } from "vitest";
import { matchesGlob } from "../../src/keys/key-glob.ts";

const letter = constantFrom("a", "b", ":");
const text = array(letter, { maxLength: 12 });
const glob = array(constantFrom("a", "b", ":", "*", "*", "?"), { maxLength: 8 });

/** What a glob means, spelled out: a star is nothing, or one character and the star again. */
function naive([wanted, ...others]: readonly string[], [first, ...rest]: readonly string[]): boolean {
  if (wanted === undefined) return first === undefined;
  if (wanted === "*")
    return (
      naive(others, first === undefined ? [] : [first, ...rest]) ||
      (first !== undefined && naive(["*", ...others], rest))
    );
  return first !== undefined && (wanted === "?" || wanted === first) && naive(others, rest);
}

test("matches what the plain definition matches", () => {
  assert(
    property(glob, text, (pattern, characters) => {
      expect(matchesGlob(pattern, characters)).toBe(naive(pattern, characters));
    }),
    { numRuns: 2000 },
  );
});

/** How often a match looks at a character of the text. */
function looksAt(pattern: readonly string[], characters: readonly string[]): number {
  let looks = 0;
  const counted = new Proxy(characters, {
    get: (target, name) => {
      if (name !== "length") looks += 1;
      return Reflect.get(target, name);
    },
  });
  matchesGlob(pattern, counted);
  return looks;
}

test("looks at a character no more often than the glob is long", () => {
  assert(
    property(glob, text, (pattern, characters) => {
      expect(looksAt(pattern, characters)).toBeLessThanOrEqual((pattern.length + 1) * characters.length);
    }),
  );
});

test("a hostile key costs twice as much when it is twice as long, however many stars the glob has", () => {
  assert(
    property(integer({ min: 1, max: 12 }), (stars) => {
      const pattern = [...Array.from({ length: stars }, () => ["*", "a"]).flat(), "b"];
      const short = looksAt(
        pattern,
        Array.from({ length: 500 }, () => "a"),
      );
      const long = looksAt(
        pattern,
        Array.from({ length: 1000 }, () => "a"),
      );
      expect(long).toBeLessThanOrEqual(2 * short + pattern.length);
    }),
  );
});
