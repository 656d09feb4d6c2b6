import { array, assert, dictionary, jsonValue, nat, property, record, string } from "fast-check";
import { expect, test } from "vitest";
import { viewOf } from "../../src/sequence.ts";
import { formatJournalLine, parseJournalLine } from "../../src/engine/journal-line.ts";

const lineOf = (value: unknown) => [...formatJournalLine(value)].join("");
const line = lineOf({ type: "ready" });

test("a line is the checksum of its text, a tab, the text and a newline", () => {
  expect(line).toBe(`36b522448cac6cff\t{"type":"ready"}\n`);
  expect(parseJournalLine(line.slice(0, -1))).toBe(`{"type":"ready"}`);
});

test("what is cut, zero-filled or changed anywhere is damaged", () => {
  const text = line.slice(0, -1);
  for (let end = 0; end < text.length; end += 1) {
    expect(parseJournalLine(text.slice(0, end))).toBeUndefined();
    expect(parseJournalLine(text.slice(0, end).padEnd(text.length, "\0"))).toBeUndefined();
  }
});

test("any text comes back, and no other text with its checksum", () => {
  assert(
    property(string(), nat(), (text, n) => {
      const whole = lineOf(text).slice(0, -1);
      const at = n % whole.length;
      const changed = `${whole.slice(0, at)}${whole[at] === "x" ? "y" : "x"}${whole.slice(at + 1)}`;
      return parseJournalLine(whole) === JSON.stringify(text) && parseJournalLine(changed) === undefined;
    }),
  );
});

test("a record with a long list is written in parts, as if it were written at once", () => {
  const long = record({
    before: jsonValue(),
    lists: dictionary(string(), array(record({ name: string() }), { minLength: 60, maxLength: 140 })),
    after: jsonValue(),
  });
  assert(
    property(long, (value) => {
      expect(parseJournalLine(lineOf(value).slice(0, -1))).toBe(JSON.stringify(value));
    }),
    { numRuns: 50 },
  );
  expect([...formatJournalLine({ list: Array.from({ length: 1000 }, (_, n) => n) })].length).toBeGreaterThan(
    10,
  );
});

test.each([0, 1, 64, 65, 200])(
  "a list of %d that is made when it is read is written like any other",
  (length) => {
    const items = Array.from({ length }, (_, n) => ({ n, text: "x".repeat(n) }));
    const made = { step: { edits: viewOf(items, (item) => item) }, after: 1 };
    expect(lineOf(made)).toBe(lineOf({ step: { edits: items }, after: 1 }));
  },
);
