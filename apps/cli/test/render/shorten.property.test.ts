import { array, assert, constantFrom, integer, property, string, uuid } from "fast-check";
import { expect, test } from "vitest";
import { shortenKeys, shortenMiddle } from "../../src/render/shorten.ts";
import { textWidth } from "../../src/render/text-width.ts";

const part = constantFrom(
  "agent",
  "main",
  "work",
  "telegram",
  "direct",
  "group",
  "-1001",
  "-1002",
  "家族",
  "👨‍👩‍👧",
);
const key = array(part, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(":"));

test("shortened keys are as distinct as the keys", () => {
  assert(
    property(array(key, { maxLength: 30 }), integer({ min: 3, max: 60 }), (keys, width) => {
      const shown = shortenKeys(keys, width);
      expect(shown).toHaveLength(keys.length);
      expect(new Set(shown).size).toBe(new Set(keys).size);
    }),
  );
});

test("keys that differ only at their end need no more than the width", () => {
  assert(
    property(array(uuid(), { minLength: 2, maxLength: 20 }), (ids) => {
      const shown = shortenKeys(
        ids.map((id) => `agent:main:subagent:${id}`),
        40,
      );
      expect(Math.max(...shown.map(textWidth))).toBeLessThanOrEqual(40);
    }),
  );
});

test("a shortened text never takes more columns than allowed", () => {
  assert(
    property(string({ unit: "grapheme", maxLength: 60 }), integer({ min: 3, max: 40 }), (text, width) => {
      expect(textWidth(shortenMiddle(text, width))).toBeLessThanOrEqual(Math.max(3, width));
    }),
  );
});
