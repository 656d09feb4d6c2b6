import { anything, assert, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { parseRowTime } from "../../src/model/parse-row-time.ts";

const atMs = Date.parse("2026-11-20T08:09:55.426Z");

describe("parseRowTime", () => {
  test.each([
    [atMs, atMs, "ms"],
    [atMs + 0.5, atMs + 0.5, "ms"],
    [atMs / 1000, atMs, "s"],
    [atMs * 1000, atMs, "us"],
    [1e11 - 1, (1e11 - 1) * 1000, "s"],
    [1e11, 1e11, "ms"],
    [1e14 - 1, 1e14 - 1, "ms"],
    [1e14, 1e11, "us"],
    [1e17 - 16, 1e14, "us"],
    ["2026-11-20T08:09:55.426Z", atMs, "iso"],
    ["2026-11-20T09:09:55.426+01:00", atMs, "iso"],
    ["2026-11-20 03:09:55.426-05", atMs, "iso"],
    ["1970-01-01T00:30:00+00:00", 1_800_000, "iso"],
  ] as const)("%j is known", (value, expectedMs, unit) => {
    expect(parseRowTime(value)).toEqual({ known: true, atMs: expectedMs, unit });
  });

  test.each([
    [undefined, "absent"],
    [null, "absent"],
    [0, "zero"],
    [-0, "zero"],
    [-1, "negative"],
    [Number.NEGATIVE_INFINITY, "negative"],
    [Number.NaN, "not-a-time"],
    [Number.POSITIVE_INFINITY, "not-a-time"],
    [1e17, "not-a-time"],
    ["", "not-a-time"],
    ["yesterday", "not-a-time"],
    [String(atMs), "not-a-time"],
    ["2026-02-30T00:00:00Z", "not-a-time"],
    ["2026-02-10T10:00:00.123456", "zoneless"],
    ["2026-02-10", "zoneless"],
    ["1970-01-01T01:00:00+01:00", "zero"],
    ["1970-01-01T00:30:00+01:00", "negative"],
    ["0099-01-01T00:00:00Z", "negative"],
    [true, "not-a-time"],
    [{}, "not-a-time"],
    [[atMs], "not-a-time"],
    [BigInt(atMs), "not-a-time"],
  ] as const)("%s is unknown: %s", (value, why) => {
    expect(parseRowTime(value)).toEqual({ known: false, why });
  });

  test("a known time is a positive number, whatever comes in", () => {
    assert(
      property(anything(), (value) => {
        const time = parseRowTime(value);
        expect(!time.known || time.atMs >= 0).toBe(true);
        expect(time.known && !Number.isFinite(time.atMs)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});
