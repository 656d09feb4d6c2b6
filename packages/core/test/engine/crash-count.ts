import { afterAll } from "vitest";
import { runCrashMatrix, type Scenario } from "./crash-matrix.ts";

/** Runs crash matrices for one test file, which return how many crashes they tried, and says at its end how many all were. */
export function crashCounter(topic: string): (scenario: Scenario, everyNth?: number) => Promise<number> {
  let points = 0;
  let insideRecovery = 0;
  afterAll(() => {
    process.stdout.write(
      `crash points, ${topic}: ${points}, of these inside a recovery: ${insideRecovery}\n`,
    );
  });
  return async (scenario, everyNth) => {
    const count = await runCrashMatrix(scenario, everyNth);
    points += count.points;
    insideRecovery += count.insideRecovery;
    return count.points;
  };
}
