import { execFileSync } from "node:child_process";
import { performance } from "node:perf_hooks";

/** The middle of a list of numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error("median of nothing");
  return middle;
}

/** Does a piece of work and returns the milliseconds that count of it. */
export type Measured = () => number | Promise<number>;

/** Milliseconds that a piece of work takes. */
export async function elapsedMs(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Runs the contenders in turn, so that a slow moment of the machine hits all of them. Returns the median of each, in ms. */
export async function measuredMedians(
  rounds: number,
  contenders: Readonly<Record<string, Measured>>,
): Promise<ReadonlyMap<string, number>> {
  const runs = Object.entries(contenders).map(([name, run]) => ({ name, run, times: new Array<number>() }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { run, times } of runs) {
      // oxlint-disable-next-line no-await-in-loop -- one contender after the other
      times.push(await run());
    }
  }
  return new Map(runs.map(({ name, times }) => [name, median(times)]));
}

/** The same for contenders that count as a whole. */
export function medianTimes(
  rounds: number,
  contenders: Readonly<Record<string, () => void>>,
): Promise<ReadonlyMap<string, number>> {
  const timed = Object.entries(contenders).map(([name, run]): readonly [string, Measured] => [
    name,
    () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    },
  ]);
  return measuredMedians(rounds, Object.fromEntries(timed));
}

/** One line a contender: its time, and how often it takes the time of `floor`. */
export function renderTimes(times: ReadonlyMap<string, number>, floor: string): readonly string[] {
  const floorMs = times.get(floor) ?? Number.NaN;
  return [...times].map(
    ([name, ms]) => `${name.padEnd(24)} ${ms.toFixed(1).padStart(7)} ms  ${(ms / floorMs).toFixed(2)} x`,
  );
}

/** A contender that runs Node with these arguments and throws its output away. */
export function nodeProcess(...args: readonly string[]): () => void {
  return () => {
    execFileSync(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  };
}
