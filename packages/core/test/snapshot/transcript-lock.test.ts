import { describe, expect, test } from "vitest";
import {
  judgeTranscriptLock,
  parseTranscriptLock,
  type TranscriptLock,
  youngLockMs,
} from "../../src/snapshot/transcript-lock.ts";
import { processTable } from "./store-dir.ts";

describe("parseTranscriptLock", () => {
  test("reads what OpenClaw writes", () => {
    const text =
      '{\n  "pid": 26495,\n  "createdAt": "2026-11-20T08:09:55.426Z",\n  "maxHoldMs": 300000,\n  "starttime": 94778\n}\n';
    expect(parseTranscriptLock(Buffer.from(text))).toEqual({
      pid: 26495,
      createdAt: "2026-11-20T08:09:55.426Z",
      maxHoldMs: 300_000,
      startTicks: 94_778,
    });
  });

  test("needs nothing but the pid", () => {
    expect(
      parseTranscriptLock(Buffer.from('{"pid":7,"createdAt":1,"maxHoldMs":-1,"starttime":"1"}')),
    ).toEqual({
      pid: 7,
      createdAt: undefined,
      maxHoldMs: undefined,
      startTicks: undefined,
    });
  });

  test.each(["", "7", "{}", '{"pid":"7"}', '{"pid":0}', '{"pid":-7}', '{"pid":1.5}', '{"pid":7', "\0\0"])(
    "%j names no process",
    (text) => {
      expect(parseTranscriptLock(Buffer.from(text))).toBeUndefined();
    },
  );
});

function lock(pid: number, startTicks?: number): TranscriptLock {
  return { pid, startTicks, createdAt: undefined, maxHoldMs: 300_000 };
}

describe("judgeTranscriptLock", () => {
  const processes = processTable({
    1: { state: "alive", startTicks: 100 },
    2: { state: "alive" },
    3: { state: "unknown" },
  });

  test.each([
    ["alive, same start", lock(1, 100), { held: true, why: "holder-alive" }],
    ["alive, another start", lock(1, 99), { held: false, why: "holder-replaced" }],
    ["alive, no start in the lock", lock(1), { held: true, why: "holder-alive" }],
    ["alive, no start known", lock(2, 99), { held: true, why: "holder-alive" }],
    ["unknown", lock(3, 99), { held: true, why: "holder-unknown" }],
    ["dead", lock(4, 100), { held: false, why: "holder-dead" }],
  ])("%s", (_, held, expected) => {
    expect(judgeTranscriptLock(held, 0, processes)).toEqual(expected);
    expect(judgeTranscriptLock(held, 365 * 86_400_000, processes)).toEqual(expected);
  });

  test.each([
    [youngLockMs - 1, { held: true, why: "young" }],
    [youngLockMs, { held: false, why: "no-holder" }],
    [-youngLockMs, { held: true, why: "young" }],
  ])("without a holder, %d ms old", (ageMs, expected) => {
    expect(judgeTranscriptLock(undefined, ageMs, processes)).toEqual(expected);
  });
});
