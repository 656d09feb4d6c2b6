import { array, assert, boolean, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
import { scanLines } from "../../src/transcripts/scan-lines.ts";
import { scanLinesBackward } from "../../src/transcripts/scan-lines-backward.ts";
import { bytesFile } from "./bytes-file.ts";

const piece = constantFrom("", "a", "\r", " ", "Grüße", "x".repeat(5000), "y".repeat(9000));

test("yields the same lines as forwards, from the last to the first", () => {
  assert(
    property(
      array(piece, { maxLength: 12 }),
      boolean(),
      constantFrom(3, 6000, 2 ** 20),
      (pieces, ends, limitBytes) => {
        const file = bytesFile(pieces.join("\n") + (ends ? "\n" : ""));
        const forwards = [...scanLines(file, { limitBytes })];
        expect([...scanLinesBackward(file, { limitBytes })].toReversed()).toEqual(forwards);
      },
    ),
    { numRuns: 60 },
  );
});

test("reads no more than it is asked for", () => {
  const file = bytesFile(`${"x".repeat(99)}\n`.repeat(100_000));
  const [last] = scanLinesBackward(file);
  expect(last).toMatchObject({ offset: 9_999_900, length: 99, terminated: true });
  expect(file.reads).toEqual([[9_995_904, 10_000_000]]);
});
