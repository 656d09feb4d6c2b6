import { execFileSync } from "node:child_process";
import { performance } from "node:perf_hooks";

/** The middle of a list of numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error("median of nothing");
  return middle;
}

/** Runs the contenders in turn, so that a slow moment of the machine hits all of them. Returns the median of each, in ms. */
export function medianTimes<Name extends string>(
  rounds: number,
  contenders: Readonly<Record<Name, () => void>>,
): ReadonlyMap<string, number> {
  const names = Object.keys(contenders);
  const times = new Map<string, number[]>(names.map((name) => [name, []]));
  const runs = new Map<string, () => void>(Object.entries<() => void>(contenders));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of runs) {
      const start = performance.now();
      run();
      times.get(name)?.push(performance.now() - start);
    }
  }
  return new Map([...times].map(([name, values]) => [name, median(values)]));
}

/** A contender that runs Node with these arguments and throws its output away. */
export function nodeProcess(...args: readonly string[]): () => void {
  return () => {
    execFileSync(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  };
}
