import { array, assert, constantFrom, oneof, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { hashOfText } from "../src/hash-sieve.ts";
import { repeatedTexts } from "../src/repeated-texts.ts";

/** Hashes from a good one to one that tells nothing apart. */
const hashes = [
  hashOfText,
  (text: string) => text.length,
  (text: string) => -1 - text.length,
  () => 7,
  () => 0,
] as const;

describe.each(hashes.map((hashOf) => ({ hashOf })))("with the hash $hashOf", ({ hashOf }) => {
  test("the texts that come more than once are found, and no other", () => {
    const text = oneof(string({ maxLength: 3 }), constantFrom("agent:main:a", "agent:main:b", ""));
    assert(
      property(array(text), (texts) => {
        const expected = texts.filter((one, n) => texts.indexOf(one) < n);
        expect(repeatedTexts(() => texts, hashOf)).toEqual(new Set(expected));
      }),
    );
  });
});

test("all texts are read a second time only if two have one hash", () => {
  const readings: string[] = [];
  const read = (name: string, texts: readonly string[]) => () => {
    readings.push(name);
    return texts;
  };
  repeatedTexts(read("different", ["a", "b"]));
  repeatedTexts(read("collision", ["a", "b"]), () => 1);
  expect(readings).toEqual(["different", "collision", "collision"]);
});
