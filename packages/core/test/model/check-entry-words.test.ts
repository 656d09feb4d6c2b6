import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../src/json-value.ts";
import { isJsonObject } from "../../src/json-value.ts";
import { checkEntryWords } from "../../src/model/check-entry-words.ts";
import { entryWords } from "../../src/model/entry-words.ts";
import { fullEntry } from "./full-entry.ts";

const place = { key: "agent:main:main" };

/** A copy of a value in which the text at a path is another. */
function withText(value: JsonValue, path: readonly string[], text: string): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) return text;
  if (Array.isArray(value)) return value.map((item: JsonValue) => withText(item, rest, text));
  if (!isJsonObject(value)) throw new Error(`the row of the tests has nothing at ${step}`);
  const members = Object.entries(value).map(([name, member]) =>
    member !== undefined && (step === "*" || step === name)
      ? [name, withText(member, rest, text)]
      : [name, member],
  );
  return Object.fromEntries(members);
}

describe("checkEntryWords", () => {
  test("finds nothing in a row of documented words", () => {
    expect(checkEntryWords(fullEntry, place)).toEqual([]);
  });

  test.each(Object.entries<readonly string[]>(entryWords))("knows the words of %s", (field, words) => {
    for (const word of words) {
      const row = withText(fullEntry, field.split("."), word);
      expect(isJsonObject(row) && checkEntryWords(row, place)).toEqual([]);
    }
    const other = withText(fullEntry, field.split("."), "other");
    expect(isJsonObject(other) && checkEntryWords(other, place)).toEqual([
      {
        id: "entry-enum-unknown",
        severity: "info",
        place: { ...place, field },
        details: { count: 1, documented: words },
      },
    ]);
  });

  test("counts the items of a list, and leaves values that are no text alone", () => {
    const compactionCheckpoints = [
      { reason: "a" },
      { reason: 5 },
      "b",
      { reason: "manual" },
      { reason: "c" },
    ];
    const findings = checkEntryWords({ compactionCheckpoints, status: 1, origin: null, acp: [] }, place);
    expect(findings.map(({ details }) => details?.["count"])).toEqual([2]);
  });

  test("never quotes the word", () => {
    expect(JSON.stringify(checkEntryWords({ status: "a secret" }, place))).not.toContain("secret");
  });
});
