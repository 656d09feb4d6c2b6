import { describe, expect, test } from "vitest";
import { cutEnd, shortenKeys, shortenMiddle } from "../../src/render/shorten.ts";
import { textWidth } from "../../src/render/text-width.ts";

describe("shortenMiddle", () => {
  test.each([
    ["short", 10, "short"],
    ["exactly-10", 10, "exactly-10"],
    ["agent:main:dashboard:0001", 11, "agent…:0001"],
    ["家族家族家族", 7, "家…族"],
    ["abcdef", 0, "a…f"],
  ])("%s in %i columns is %s", (text, width, shown) => {
    expect(shortenMiddle(text, width)).toBe(shown);
  });
});

test("cutEnd keeps the beginning", () => {
  expect(cutEnd("id:0123456789", 8)).toBe("id:0123…");
  expect(cutEnd("id:0123", 8)).toBe("id:0123");
  expect(cutEnd("家族家族", 4)).toBe("家…");
});

describe("shortenKeys", () => {
  test("shortens to the width when the results differ", () => {
    const keys = ["agent:main:cron:job-one:run:1", "agent:main:cron:job-two:run:2"];
    const shown = shortenKeys(keys, 15);
    expect(shown).toEqual(["agent:m…e:run:1", "agent:m…o:run:2"]);
  });

  test("keys that differ only in the middle grow until they differ on the screen", () => {
    const keys = [1, 2, 3].map((n) => `agent:main:telegram:group:-100${n}:thread:000000000000000042`);
    const shown = shortenKeys(keys, 20);
    expect(new Set(shown).size).toBe(3);
    expect(Math.max(...shown.map(textWidth))).toBeGreaterThan(20);
  });

  test("keys that no shortening can tell apart stay whole", () => {
    const keys = ["aaaaaaaaaaxaaaaaaaaaa", "aaaaaaaaaayaaaaaaaaaa"];
    expect(shortenKeys(keys, 5)).toEqual(keys);
  });

  test("the same key in two stores is no clash", () => {
    expect(shortenKeys(["agent:main:same-key-1", "agent:main:same-key-1"], 10)).toEqual([
      "agent…ey-1",
      "agent…ey-1",
    ]);
  });
});
