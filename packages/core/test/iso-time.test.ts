import { assert, date, integer, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { parseIsoTime } from "../src/iso-time.ts";

describe("parseIsoTime", () => {
  test.each([
    ["2026-11-20T08:09:55.426Z", "2026-11-20T08:09:55.426Z", 0],
    ["2026-11-20T08:09:55z", "2026-11-20T08:09:55.000Z", 0],
    ["2026-11-20t08:09:55.426999+00:00", "2026-11-20T08:09:55.426Z", 0],
    ["2026-11-20 08:09:55.4-0530", "2026-11-20T08:09:55.400Z", -330],
    ["2026-11-20T08:09+14", "2026-11-20T08:09:00.000Z", 840],
    ["2026-02-10T10:00:00.123456", "2026-02-10T10:00:00.123Z", undefined],
    ["2026-02-10", "2026-02-10T00:00:00.000Z", undefined],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z", 0],
    ["2000-02-29", "2000-02-29T00:00:00.000Z", undefined],
    ["0050-01-01T00:00:00Z", "0050-01-01T00:00:00.000Z", 0],
    ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z", 0],
  ])("%s", (text, utc, offsetMinutes) => {
    expect(parseIsoTime(text)).toEqual({ asUtcMs: Date.parse(utc), offsetMinutes });
  });

  test.each([
    "",
    "2026",
    "2026-11",
    "20261120T080955Z",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-02-29",
    "1900-02-29",
    "2026-04-31T00:00:00Z",
    "2026-11-00",
    "2026-11-20T24:00:00Z",
    "2026-11-20T08:60:00Z",
    "2026-11-20T08:09:60Z",
    "2026-11-20T08Z",
    "2026-11-20Z",
    "2026-11-20T08:09:55.Z",
    "2026-11-20T08:09:55,4Z",
    "2026-11-20T08:09:55+24:00",
    "2026-11-20T08:09:55+01:60",
    "2026-11-20T08:09:55+1",
    "2026-11-20T08:09:55 Z",
    " 2026-11-20T08:09:55Z",
    "2026-11-20T08:09:55Z\n",
    "+002026-11-20T08:09:55Z",
    "٢٠٢٦-11-20",
  ])("refuses %j", (text) => {
    expect(parseIsoTime(text)).toBeUndefined();
  });

  test("agrees with Date on every time that Date writes", () => {
    const min = new Date("0000-01-01T00:00:00Z");
    const max = new Date("9999-12-31T23:59:59.999Z");
    assert(
      property(date({ min, max, noInvalidDate: true }), (time) => {
        expect(parseIsoTime(time.toISOString())).toEqual({ asUtcMs: time.getTime(), offsetMinutes: 0 });
      }),
    );
  });

  test("accepts a date exactly if the calendar has it", () => {
    const part = integer({ min: 0, max: 40 });
    assert(
      property(integer({ min: 1000, max: 9999 }), part, part, (year, month, day) => {
        const text = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
        const moment = new Date(Date.UTC(year, month - 1, day));
        const exists = moment.toISOString().startsWith(text);
        expect(parseIsoTime(text) !== undefined).toBe(exists);
      }),
      { numRuns: 1000 },
    );
  });
});
