import { type Arbitrary, array, assert, constantFrom, nat, property, string, tuple } from "fast-check";
import { expect, test } from "vitest";
import { composeEdits } from "../../src/session-index/compose-edits.ts";
import type { SpliceEdit } from "../../src/session-index/splice-edit.ts";
import { spliceIndex } from "../../src/session-index/splice-index.ts";

/** Gaps and lengths, from which edits are made that fit a text of any size. */
const cuts: Arbitrary<readonly (readonly [number, number, string])[]> = array(
  tuple(nat(5), nat(4), constantFrom("", "x", "<new>", "ab")),
  { maxLength: 5 },
);

function editsFor(
  size: number,
  wanted: readonly (readonly [number, number, string])[],
): readonly SpliceEdit[] {
  let done = 0;
  return wanted.flatMap(([gap, length, insert]) => {
    const at = done + gap;
    if (at > size) return [];
    const remove = Math.min(length, size - at);
    done = at + remove;
    return [{ at, remove, insert }];
  });
}

function spliced(bytes: Buffer, edits: readonly SpliceEdit[]): Buffer {
  return Buffer.concat(spliceIndex(bytes, edits));
}

test("edits after edits are the same as both at once, on the first file", () => {
  assert(
    property(string({ maxLength: 20, unit: "grapheme-ascii" }), cuts, cuts, (text, one, two) => {
      const bytes = Buffer.from(text);
      const first = editsFor(bytes.length, one);
      const between = spliced(bytes, first);
      const second = editsFor(between.length, two);
      const both = composeEdits(bytes.length, first, second);
      expect(spliced(bytes, both).toString()).toBe(spliced(between, second).toString());
    }),
    { numRuns: 1000 },
  );
});
