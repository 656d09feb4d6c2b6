import { listStoreCases, readCaseText, readRecordedList } from "@sessionsmith/testkit";
import { assert, constantFrom, integer, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { formatAge, formatDuration, parseDuration, parseMoment } from "../src/duration.ts";

const hour = 3_600_000;
const day = 24 * hour;

describe("parseDuration", () => {
  test.each([
    ["250ms", 250],
    ["90s", 90_000],
    ["5m", 300_000],
    ["24h", day],
    ["30d", 30 * day],
    ["1.5d", 36 * hour],
    ["1d12h", 36 * hour],
    ["1h0m30s", hour + 30_000],
    [" 30D ", 30 * day],
    ["10MS", 10],
    ["0.4s", 400],
    ["007d", 7 * day],
  ])("%j is %d ms", (text, ms) => {
    expect(parseDuration(text)).toEqual({ ok: true, ms });
  });

  test.each([
    ["120", "m", 120 * 60_000],
    ["3600", "s", hour],
    ["30", "d", 30 * day],
    ["1.5", "d", 36 * hour],
    ["2h", "d", 2 * hour],
  ] as const)("%s with the unit %s is %d ms", (text, bareUnit, ms) => {
    expect(parseDuration(text, { bareUnit })).toEqual({ ok: true, ms });
  });

  test.each([
    ["", "empty"],
    ["  ", "empty"],
    ["0", "unit-missing"],
    ["30", "unit-missing"],
    ["1d12", "unit-missing"],
    ["2w", "unit-unknown"],
    ["1mo", "unit-unknown"],
    ["1M", "unit-unknown"],
    ["1d1y", "unit-unknown"],
    ["1days", "unit-unknown"],
    ["0d", "not-positive"],
    ["0h0m", "not-positive"],
    ["0.0001ms", "not-positive"],
    ["-5d", "not-positive"],
    ["99999999999999999999d", "too-large"],
    [`${"9".repeat(400)}d`, "too-large"],
    ["d", "syntax"],
    ["1 d", "syntax"],
    ["1d 12h", "syntax"],
    ["1.d", "syntax"],
    [".5d", "syntax"],
    ["+1d", "syntax"],
    ["1e3d", "unit-unknown"],
    ["Infinity", "syntax"],
    ["forever", "syntax"],
    ["１d", "syntax"],
  ])("refuses %j: %s", (text, reason) => {
    expect(parseDuration(text)).toMatchObject({ ok: false, reason });
  });

  test("zero and negative numbers stay failures with a unit for bare numbers", () => {
    expect(parseDuration("0", { bareUnit: "d" })).toMatchObject({ ok: false, reason: "not-positive" });
    expect(parseDuration("-5", { bareUnit: "d" })).toMatchObject({ ok: false, reason: "not-positive" });
  });

  test("says what is wrong without quoting the text", () => {
    const parsed = parseDuration("2w");
    expect(parsed.ok ? "" : parsed.problem).toContain("ms, s, m, h and d");
  });

  test("takes linear time", () => {
    for (const text of [
      "1".repeat(300_000),
      `${"1.1".repeat(100_000)}!`,
      `${"1d".repeat(150_000)}!`,
      `1${"d".repeat(300_000)}`,
    ]) {
      expect(parseDuration(text).ok).toBe(false);
    }
  }, 2000);

  test("accepts nothing but whole positive numbers of ms, whatever comes in", () => {
    assert(
      property(
        string({ unit: constantFrom("1", "0", ".", "d", "m", "s", "h", "-", " ", "w"), maxLength: 8 }),
        (text) => {
          const parsed = parseDuration(text, { bareUnit: "s" });
          expect(parsed.ok ? Number.isSafeInteger(parsed.ms) && parsed.ms > 0 : parsed.problem !== "").toBe(
            true,
          );
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("formatDuration", () => {
  test.each([
    [36 * hour, "1d12h"],
    [90, "90ms"],
    [0, "0ms"],
    [0.4, "0ms"],
    [-hour, "-1h"],
    [90_061_001, "1d1h1m1s1ms"],
  ])("%d ms is %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  test("is read back as the same length", () => {
    assert(
      property(integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (ms) => {
        expect(parseDuration(formatDuration(ms))).toEqual({ ok: true, ms });
      }),
    );
  });
});

describe("formatAge", () => {
  test.each([
    [0, "just now"],
    [29_499, "just now"],
    [29_500, "1m ago"],
    [59.49 * 60_000, "59m ago"],
    [59.5 * 60_000, "1h ago"],
    [47.49 * hour, "47h ago"],
    [47.5 * hour, "2d ago"],
    [29.5 * day, "30d ago"],
    [-1, "unknown"],
    [null, "unknown"],
    [Number.NaN, "unknown"],
  ])("%s ms is %s", (ms, text) => {
    expect(formatAge(ms)).toBe(text);
  });

  test.each(listStoreCases())("writes the ages that OpenClaw printed for %s", (name) => {
    const lines = readCaseText(name, "list-text").split("\n");
    const printed = lines
      .map((line) => /just now|\d+[mhd] ago/.exec(line)?.[0])
      .filter((age) => age !== undefined);
    const { sessions } = readRecordedList(name, "list");
    expect(printed.length).toBeGreaterThan(10);
    expect(sessions.map((session) => formatAge(Number(session["ageMs"])))).toEqual(printed);
  });
});

describe("parseMoment", () => {
  const atMs = 1_795_162_195_426;

  test.each(["2026-11-20T08:09:55.426Z", "2026-11-20T09:09:55.426+01:00", ` ${atMs} `])("%j", (text) => {
    expect(parseMoment(text)).toEqual({ ok: true, atMs: Date.parse("2026-11-20T08:09:55.426Z") });
  });

  test("takes a moment before 1973 in ISO 8601 only", () => {
    expect(parseMoment("1970-01-01T00:00:00Z")).toEqual({ ok: true, atMs: 0 });
    expect(parseMoment("0")).toMatchObject({ ok: false });
  });

  test.each([
    ["1795162195", /epoch milliseconds/],
    ["1795162195426000", /epoch milliseconds/],
    ["2026-11-20T08:09:55", /zone/],
    ["2026-11-20", /zone/],
    ["2026-02-30T00:00:00Z", /not a time/],
    ["-5", /not a time/],
    ["1e12", /not a time/],
    ["now", /not a time/],
    ["", /not a time/],
  ])("refuses %j", (text, problem) => {
    const parsed = parseMoment(text);
    expect(parsed.ok ? "" : parsed.problem).toMatch(problem);
  });
});
