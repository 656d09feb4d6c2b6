import { assert, integer, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { freshness } from "../../src/freshness/freshness.ts";
import {
  formatTimeOfDay,
  parseIdleMinutes,
  parseTimeOfDay,
  type ResetPolicy,
} from "../../src/freshness/reset-policy.ts";

const at = (text: string) => Date.parse(`2026-${text}:00Z`);
const never: ResetPolicy = { daily: undefined, idleMinutes: undefined, timeZone: "UTC" };
const daily: ResetPolicy = { ...never, daily: { hour: 4, minute: 0 } };
const idle: ResetPolicy = { ...never, idleMinutes: 30 };
const clock = (started?: string, active?: string, updated?: string) => {
  const [sessionStartedAt, lastInteractionAt, updatedAt] = [started, active, updated].map((text) =>
    text === undefined ? undefined : at(text),
  );
  return { sessionStartedAt, lastInteractionAt, updatedAt };
};

test.each([
  ["nothing is set", never, clock("11-20T10:00"), undefined],
  ["daily, begun before the hour", daily, clock("11-20T03:59"), ["11-20T04:00", "daily"]],
  ["daily, begun at the hour", daily, clock("11-20T04:00"), ["11-21T04:00", "daily"]],
  ["daily, begun after the hour", daily, clock("11-20T23:59"), ["11-21T04:00", "daily"]],
  [
    "daily, what happens later does not put it off",
    daily,
    clock("11-20T05:00", "11-25T05:00"),
    ["11-21T04:00", "daily"],
  ],
  ["daily, start unknown", daily, clock(undefined, "11-20T05:00", "11-22T05:00"), ["11-21T04:00", "daily"]],
  [
    "idle, by the last interaction",
    idle,
    clock("11-20T10:00", "11-20T11:00", "11-20T12:00"),
    ["11-20T11:30", "idle"],
  ],
  [
    "idle, then by the last update",
    idle,
    clock("11-20T10:00", undefined, "11-20T12:00"),
    ["11-20T12:30", "idle"],
  ],
  ["idle, then by the start", idle, clock("11-20T10:00"), ["11-20T10:30", "idle"]],
  [
    "both, idle earlier",
    { ...daily, idleMinutes: 30 },
    clock("11-20T10:00", "11-20T11:00"),
    ["11-20T11:30", "idle"],
  ],
  [
    "both, daily earlier",
    { ...daily, idleMinutes: 30 },
    clock("11-20T03:00", "11-20T03:45"),
    ["11-20T04:00", "daily"],
  ],
  ["age unknown", { ...daily, idleMinutes: 30 }, clock(), undefined],
] as const)("%s", (_name, policy, sessionClock, expected) => {
  const next = expected && { at: at(expected[0]), reason: expected[1] };
  const judge = (now: number) => freshness(sessionClock, policy, now);
  expect(judge(0)).toEqual({ next, wouldReset: false });
  if (next === undefined) return;
  expect(judge(next.at - 1).wouldReset).toBe(false);
  expect(judge(next.at).wouldReset).toBe(true);
  expect(judge(next.at + 1e9).wouldReset).toBe(true);
});

describe("over the changes of the clocks in Berlin", () => {
  const policy: ResetPolicy = { ...never, daily: { hour: 2, minute: 30 }, timeZone: "Europe/Berlin" };
  test.each([
    ["left out", "03-28T12:00", "03-29T01:00"],
    ["the day after", "03-29T01:00", "03-30T00:30"],
    ["twice", "10-24T12:00", "10-25T00:30"],
    ["begun between the two", "10-25T01:00", "10-26T01:30"],
  ])("%s", (_name, started, next) => {
    expect(freshness(clock(started), policy, 0).next).toEqual({ at: at(next), reason: "daily" });
  });
});

test("a session that missed several hours is reset once", () => {
  assert(
    property(
      integer({ min: 0, max: 1440 }),
      integer({ min: 0, max: 1_000_000 }),
      (startMinutes, laterMinutes) => {
        const policy: ResetPolicy = { ...daily, timeZone: "America/New_York" };
        const started = at("01-01T00:00") + startMinutes * 60_000;
        const now = started + laterMinutes * 60_000;
        const before = freshness({ ...clock(), sessionStartedAt: started }, policy, now);
        const after = freshness({ ...clock(), sessionStartedAt: now }, policy, now);
        expect(after.wouldReset).toBe(false);
        expect((before.next?.at ?? 0) - started).toBeLessThanOrEqual(25 * 3_600_000);
        expect(before.wouldReset || laterMinutes <= 25 * 60).toBe(true);
      },
    ),
  );
});

test.each([
  [0, "00:00"],
  [23, "23:00"],
  ["4", "04:00"],
  ["04", "04:00"],
  ["4:30", "04:30"],
  ["23:59", "23:59"],
])("the time of day %j is %s", (given, text) => {
  expect(formatTimeOfDay(parseTimeOfDay(given))).toBe(text);
});

test.each([24, -1, 1.5, Number.NaN, "", "x", "4:3", "4:60", "24:00", "4:30:00", "4h"])(
  "%j is no time of day",
  (given) => {
    expect(() => parseTimeOfDay(given)).toThrow(expect.objectContaining({ code: "E_USAGE" }));
  },
);

test("idle minutes are a whole number from 1 on", () => {
  expect([parseIdleMinutes(30), parseIdleMinutes(" 1 ")]).toEqual([30, 1]);
  for (const given of [0, -5, 0.5, Number.NaN, Infinity, "", "30m", "x"])
    expect(() => parseIdleMinutes(given)).toThrow(expect.objectContaining({ code: "E_USAGE" }));
});
