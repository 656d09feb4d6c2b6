import { describe, expect, test } from "vitest";
import { textWidth } from "../../src/render/text-width.ts";

describe("textWidth", () => {
  test.each([
    ["", 0],
    ["abc", 3],
    ["é", 1],
    ["e\u0301", 1],
    ["家族", 4],
    ["한국", 4],
    ["ｶﾅ", 2],
    ["Ａ", 2],
    ["👍", 2],
    ["👍🏽", 2],
    ["👨‍👩‍👧", 2],
    ["❤️", 2],
    ["❤", 1],
    ["👍\ufe0f", 2],
    ["𠮷", 2],
    ["a\u200bb", 2],
    ["क्", 1],
  ])("%j takes %i columns", (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});
