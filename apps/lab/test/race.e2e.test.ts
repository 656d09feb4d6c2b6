import { describe, expect, test } from "vitest";
import { runRace } from "../src/run-race.ts";

describe("against a program that takes no lock", () => {
  test.for([
    { theirRate: 5, temp: "other" },
    { theirRate: 500, temp: "other" },
    { theirRate: 500, temp: "openclaw" },
  ] as const)("at $theirRate commits a second, temporary file: $temp", async ({ theirRate, temp }) => {
    const result = await runRace({ theirRate, temp, durationMs: 1500 });

    console.info(JSON.stringify({ theirRate, temp, ...result }));
    expect(result.theirs).toBeGreaterThan(0);
    expect(result.ours).toBeGreaterThan(0);
    expect(result.oursNoticed).toBe(result.oursLost);
    expect(result.theirsLost).toBeGreaterThanOrEqual(0);
    // Without the compare-and-swap nearly half of theirs would be lost.
    expect(result.theirsLost).toBeLessThan(Math.max(2, result.theirs / 10));
  });
});
