import { describe, expect, test } from "vitest";
import { safeText } from "../../src/render/safe-text.ts";

describe("safeText", () => {
  test.each([
    ["plain", "agent:main:main", "agent:main:main"],
    ["CJK and emoji", "家族 👨‍👩‍👧 é", "家族 👨‍👩‍👧 é"],
    ["colour escape", "\u001b[31mred", "\\x1b[31mred"],
    ["one-byte CSI", "\u009b2J", "\\x9b2J"],
    ["title escape", "\u001b]0;x\u0007", "\\x1b]0;x\\x07"],
    ["newline, tab, return, delete", "a\nb\tc\rd\u007f", "a\\nb\\tc\\x0dd\\x7f"],
    ["right-to-left override", "a\u202eb\u2066c\u200fd", "a\\u202eb\\u2066c\\u200fd"],
    ["line separator", "a\u2028b", "a\\u2028b"],
    ["lone surrogate", "a\ud800b", "a\\ud800b"],
  ])("%s", (_, stored, shown) => {
    expect(safeText(stored)).toBe(shown);
  });
});
