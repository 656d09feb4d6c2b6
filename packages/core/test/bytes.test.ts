import { assert, constantFrom, integer, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { formatBytes, parseBytes } from "../src/bytes.ts";

describe("parseBytes", () => {
  test.each([
    ["500", 500],
    ["500b", 500],
    ["1kb", 1024],
    ["1k", 1024],
    ["20MB", 20 * 1024 ** 2],
    ["1.5gb", 1.5 * 1024 ** 3],
    ["2tb", 2 * 1024 ** 4],
    [" 10gb ", 10 * 1024 ** 3],
    ["0.5", 1],
    ["1.5", 2],
  ])("%j is %d bytes", (text, bytes) => {
    expect(parseBytes(text)).toEqual({ ok: true, bytes });
  });

  test.each([
    ["", /not a size/],
    ["mb", /not a size/],
    ["1 gb", /not a size/],
    ["1.mb", /not a size/],
    ["1,5mb", /not a size/],
    ["0x10", /not a size/],
    ["1KiB", /unknown unit/],
    ["1pb", /unknown unit/],
    ["1constructor", /unknown unit/],
    ["0", /larger than zero/],
    ["0mb", /larger than zero/],
    ["0.0001b", /larger than zero/],
    ["-1mb", /larger than zero/],
    ["99999999999tb", /too large/],
    ["9".repeat(400), /too large/],
  ])("refuses %j", (text, problem) => {
    const parsed = parseBytes(text);
    expect(parsed.ok ? "" : parsed.problem).toMatch(problem);
  });

  test("accepts nothing but whole positive numbers, whatever comes in", () => {
    assert(
      property(
        string({ unit: constantFrom("1", "0", ".", "k", "m", "b", "-", " "), maxLength: 8 }),
        (text) => {
          const parsed = parseBytes(text);
          expect(
            parsed.ok ? Number.isSafeInteger(parsed.bytes) && parsed.bytes > 0 : parsed.problem !== "",
          ).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("takes linear time", () => {
    for (const text of [`${"1".repeat(300_000)}!`, `1${"b".repeat(300_000)}!`, `1.${"1".repeat(300_000)}!`]) {
      expect(parseBytes(text).ok).toBe(false);
    }
  }, 2000);
});

describe("formatBytes", () => {
  test.each([
    [0, "0 B"],
    [512, "512 B"],
    [1023, "1023 B"],
    [1024, "1 KB"],
    [1536, "1.5 KB"],
    [1024 ** 2 - 1, "1 MB"],
    [20 * 1024 ** 2, "20 MB"],
    [328_795, "321.1 KB"],
    [10 * 1024 ** 3, "10 GB"],
    [5000 * 1024 ** 4, "5000 TB"],
    [-2048, "-2 KB"],
  ])("%d is %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  test("is read back within its rounding", () => {
    assert(
      property(integer({ min: 1, max: 1024 ** 4 }), (bytes) => {
        const parsed = parseBytes(formatBytes(bytes).replace(" ", ""));
        if (!parsed.ok) throw new Error(parsed.problem);
        expect(Math.abs(parsed.bytes - bytes)).toBeLessThanOrEqual(bytes * 0.05 + 1);
      }),
    );
  });
});
