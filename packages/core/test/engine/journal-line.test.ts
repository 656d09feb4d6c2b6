import { assert, nat, property, string } from "fast-check";
import { expect, test } from "vitest";
import { formatJournalLine, parseJournalLine } from "../../src/engine/journal-line.ts";

const line = formatJournalLine(`{"type":"ready"}`);

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
      const whole = formatJournalLine(text).slice(0, -1);
      const at = n % whole.length;
      const changed = `${whole.slice(0, at)}${whole[at] === "x" ? "y" : "x"}${whole.slice(at + 1)}`;
      return parseJournalLine(whole) === text && parseJournalLine(changed) === undefined;
    }),
  );
});
