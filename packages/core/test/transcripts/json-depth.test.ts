import { expect, test } from "vitest";
import { isTooDeep } from "../../src/transcripts/json-depth.ts";

function nested(depth: number, open = "[", close = "]"): Buffer {
  return Buffer.from(open.repeat(depth) + close.repeat(depth));
}

test.each([
  ["256 arrays", nested(256), false],
  ["257 arrays", nested(257), true],
  ["256 objects", nested(256, '{"a":', "}"), false],
  ["257 objects", nested(257, '{"a":', "}"), true],
  [
    "256 arrays, and many side by side",
    Buffer.from(`[${"[],".repeat(999)}${nested(255).toString()}]`),
    false,
  ],
  ["257 arrays, and many side by side", Buffer.from(`[${"[],".repeat(999)}${nested(256).toString()}]`), true],
  ["brackets side by side", Buffer.from("[]".repeat(1000)), false],
  ["brackets inside a string", Buffer.from(`"${"[".repeat(1000)}"`), false],
  ["brackets after an escaped quote", Buffer.from(`"\\"${"[".repeat(1000)}"`), false],
  ["brackets after an escaped backslash", Buffer.from(`"\\\\"${"[".repeat(1000)}`), true],
  ["a string that nothing closes", Buffer.from(`"${"[".repeat(1000)}\\`), false],
])("%s", (_, json, expected) => {
  expect(isTooDeep(json)).toBe(expected);
});
