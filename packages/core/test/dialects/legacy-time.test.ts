import { expect, test } from "vitest";
import { isNaiveZone, parseLegacyTime } from "../../src/dialects/legacy-time.ts";

const noon = Date.UTC(2026, 1, 10, 12);

test.each([
  ["2026-02-10T12:00:00.123456", "UTC", noon + 123],
  ["2026-02-10 12:00:00", "UTC", noon],
  ["2026-02-10T12:00:00", "America/New_York", noon + 5 * 3_600_000],
  ["2026-02-10T12:00:00", "Asia/Kathmandu", noon - 5.75 * 3_600_000],
  ["2026-02-10T12:00:00+02:00", "America/New_York", noon - 2 * 3_600_000],
  ["2026-02-10T12:00:00Z", "Asia/Tokyo", noon],
  [noon, "Asia/Tokyo", noon],
  [noon / 1000, "UTC", noon],
  ["2026-07-10T12:00:00", "Europe/Berlin", Date.UTC(2026, 6, 10, 10)],
])("%s in %s", (value, zone, atMs) => {
  expect(parseLegacyTime(value, zone)).toBe(atMs);
});

test.each([null, undefined, "yesterday", "", 0, -5, true, [], "1960-01-01T00:00:00", "2026-02-30T00:00:00"])(
  "%j is no time",
  (value) => {
    expect(parseLegacyTime(value, "UTC")).toBeUndefined();
  },
);

test("a zone is one that the system knows", () => {
  expect(["UTC", "Europe/Berlin", "Mars/North", ""].map(isNaiveZone)).toEqual([true, true, false, false]);
});
