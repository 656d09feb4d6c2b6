/**
 * What the long sweep (`pnpm test:sweep`) tries everywhere, the default run tries at every nth place.
 * @returns `n` in the default run, 1 in the sweep
 */
export function unlessSweeping(n: number): number {
  return process.env["SWEEP"] === "all" ? 1 : n;
}
