import { assert, constantFrom, integer, property, tuple } from "fast-check";
import { expect, test } from "vitest";
import { instantOf, localDay, requireTimeZone } from "../../src/freshness/zoned-time.ts";

const at = (text: string) => Date.parse(text);
const local = (text: string) => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/[- :]/).map(Number);
  return { year, month, day, hour, minute };
};

test.each([
  ["UTC", "2026-11-20 00:00", "2026-11-20T00:00:00Z"],
  ["Europe/Berlin", "2026-11-20 04:30", "2026-11-20T03:30:00Z"],
  ["Europe/Berlin", "2026-07-01 04:30", "2026-07-01T02:30:00Z"],
  ["Asia/Kolkata", "2026-11-20 00:00", "2026-11-19T18:30:00Z"],
  ["Pacific/Kiritimati", "2026-11-20 00:00", "2026-11-19T10:00:00Z"],
  ["Pacific/Pago_Pago", "2026-11-20 00:00", "2026-11-20T11:00:00Z"],
  // Left out in spring: the moment at which the clocks jump. Twice in autumn: the first.
  ["Europe/Berlin", "2026-03-29 02:30", "2026-03-29T01:00:00Z"],
  ["Europe/Berlin", "2026-10-25 02:30", "2026-10-25T00:30:00Z"],
  ["America/New_York", "2026-03-08 02:00", "2026-03-08T07:00:00Z"],
  ["America/New_York", "2026-11-01 01:15", "2026-11-01T05:15:00Z"],
  ["Australia/Lord_Howe", "2026-10-04 02:10", "2026-10-03T15:30:00Z"],
  // Midnight itself is left out, and a whole day.
  ["America/Santiago", "2026-09-06 00:00", "2026-09-06T04:00:00Z"],
  ["Pacific/Apia", "2011-12-30 12:00", "2011-12-30T10:00:00Z"],
  ["Europe/Berlin", "2026-12-32 00:00", "2026-12-31T23:00:00Z"],
])("%s, %s is %s", (timeZone, text, instant) => {
  expect(new Date(instantOf(local(text), timeZone)).toISOString()).toBe(new Date(at(instant)).toISOString());
});

const zone = constantFrom(
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "America/Santiago",
  "Asia/Kolkata",
);
const minute = 60_000;

test("it is the first instant at which the clocks are there, or past it", () => {
  assert(
    property(
      zone,
      tuple(integer({ min: 0, max: 3652 }), integer({ min: 0, max: 1439 })),
      (timeZone, [days, minutes]) => {
        const wanted = { ...local("2020-01-01 00:00"), day: 1 + days, hour: 0, minute: minutes };
        const instant = instantOf(wanted, timeZone);
        const wall = (atMs: number) => {
          const text = new Intl.DateTimeFormat("sv-SE", {
            timeZone,
            dateStyle: "short",
            timeStyle: "medium",
          }).format(atMs);
          return at(`${text.replace(" ", "T")}Z`);
        };
        const target = Date.UTC(2020, 0, 1 + days, 0, minutes);
        expect(wall(instant)).toBeGreaterThanOrEqual(target);
        for (let before = instant - minute; before > instant - 180 * minute; before -= 30 * minute)
          expect(wall(before)).toBeLessThan(target);
      },
    ),
    { numRuns: 60 },
  );
});

test("the day of the calendar is that of the zone", () => {
  expect(localDay(at("2026-11-19T18:30:00Z"), "Asia/Kolkata")).toEqual({ year: 2026, month: 11, day: 20 });
  expect(localDay(at("2026-11-20T10:59:59Z"), "Pacific/Pago_Pago")).toEqual({
    year: 2026,
    month: 11,
    day: 19,
  });
});

test("a zone that the system does not know is an error", () => {
  for (const timeZone of ["Mars/Olympus", "", "Europe/Berlin\0"])
    expect(() => requireTimeZone(timeZone)).toThrow(expect.objectContaining({ code: "E_USAGE" }));
});
