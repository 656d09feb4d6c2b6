import { describe, expect, test } from "vitest";
import { anyText, countOrAll, oneOf, wholeNumber } from "../../src/options/parsers.ts";

describe("countOrAll", () => {
  const parse = countOrAll("--limit");
  test.each([
    ["1", 1],
    ["100", 100],
    ["all", null],
  ])("%s is %s", (text, value) => expect(parse(text)).toBe(value));
  test.each(["0", "-1", "abc", "1.5", "", "1e3", " 1", "99999999999999999999"])("%j is refused", (text) => {
    expect(() => parse(text)).toThrow(/^--limit needs a whole number of at least 1, or all, not/);
  });
});

describe("wholeNumber", () => {
  const parse = wholeNumber("--offset", 0);
  test("takes its least", () => expect(parse("0")).toBe(0));
  test.each(["-1", "0x10", "1.0", ""])("%j is refused", (text) => {
    expect(() => parse(text)).toThrow("--offset needs a whole number of at least 0");
  });
});

describe("oneOf", () => {
  const parse = oneOf("--format", ["aria", "bytesagain"]);
  test("takes a word of the list", () => expect(parse("aria")).toBe("aria"));
  test("suggests the nearest word", () => {
    expect(() => parse("aira")).toThrow(expect.objectContaining({ hint: "Did you mean aria?" }));
  });
  test("names all words where none is near", () => {
    expect(() => parse("xml")).toThrow(expect.objectContaining({ hint: "Use one of aria, bytesagain." }));
  });
  test("a property of every object is no word", () => {
    expect(() => parse("constructor")).toThrow('--format does not know "constructor"');
  });
});

test("anyText refuses an empty value", () => {
  expect(anyText("--store")("x")).toBe("x");
  expect(() => anyText("--store")("")).toThrow("--store needs a value that is not empty");
});
