import { plantedDifferences } from "./plant-difference.ts";
import type { PlantedDifference } from "./plant-difference.ts";
import { happens, pick } from "./draw.ts";
import type { Random } from "./draw.ts";

/** Everything that is varied between the pairs, one value each; `undefined` leaves a setting out. */
export interface Factors {
  readonly mode: "warn" | "enforce" | "left-out";
  readonly enforce: boolean;
  readonly fixMissing: boolean;
  readonly fixDmScope: boolean;
  readonly activeKey: "none" | "exact" | "other-case" | "absent";
  readonly pruneAfter: "left-out" | "7d" | "36h" | "1d12h" | 3;
  readonly maxEntries: "left-out" | 1 | 4 | 9;
  readonly dmScope: "left-out" | "main" | "per-peer" | "per-channel-peer" | "per-account-channel-peer";
  readonly stores: "one" | "two" | "shared";
  readonly selection: "default" | "agent" | "all-agents" | "store";
  readonly disk: "none" | "wide" | "tight" | "tight-high-water";
  readonly mainKey: "left-out" | "home";
  readonly scope: "left-out" | "global";
  /** A route of its own for one channel, with a dmScope of its own. */
  readonly binding: "none" | "telegram";
  readonly resetArchiveRetention: "left-out" | "1d" | false;
  /** What a store has of the things on which we mean to decide otherwise. */
  readonly planted: PlantedDifference | "nothing";
}

type Values = { readonly [Name in keyof Factors]: readonly [Factors[Name], ...Factors[Name][]] };

const flag = [false, true] as const;
const values: Values = {
  mode: ["left-out", "warn", "enforce"],
  enforce: flag,
  fixMissing: flag,
  fixDmScope: flag,
  activeKey: ["none", "exact", "other-case", "absent"],
  pruneAfter: ["left-out", "7d", "36h", "1d12h", 3],
  maxEntries: ["left-out", 1, 4, 9],
  dmScope: ["left-out", "main", "per-peer", "per-channel-peer", "per-account-channel-peer"],
  stores: ["one", "two", "shared"],
  selection: ["default", "agent", "all-agents", "store"],
  disk: ["none", "wide", "tight", "tight-high-water"],
  mainKey: ["left-out", "home"],
  scope: ["left-out", "global"],
  binding: ["none", "telegram"],
  resetArchiveRetention: ["left-out", "1d", false],
  planted: ["nothing", ...plantedDifferences],
};

/** Combinations to choose from for each pair; more cover the value pairs sooner. */
const candidates = 20;

/** Draws combinations of values one after the other, each so that it brings many pairs of values that were not there yet. */
export function factorDrawer(random: Random): {
  readonly next: () => Factors;
  /** Pairs of values of two factors that came up, and how many there are. */
  readonly coverage: () => { readonly seen: number; readonly all: number };
} {
  const seen = new Set<string>();
  const next = (): Factors => {
    const drawn = Array.from({ length: candidates }, () => drawFactors(random));
    const fresh = drawn.map((factors) => valuePairs(factors).filter((pair) => !seen.has(pair)).length);
    const best = drawn[fresh.indexOf(Math.max(...fresh))] ?? drawFactors(random);
    for (const pair of valuePairs(best)) seen.add(pair);
    return best;
  };
  return { next, coverage: () => ({ seen: seen.size, all: countValuePairs() }) };
}

function drawFactors(random: Random): Factors {
  return {
    mode: pick(random, values.mode),
    enforce: pick(random, values.enforce),
    fixMissing: pick(random, values.fixMissing),
    fixDmScope: pick(random, values.fixDmScope),
    activeKey: pick(random, values.activeKey),
    pruneAfter: pick(random, values.pruneAfter),
    maxEntries: pick(random, values.maxEntries),
    dmScope: pick(random, values.dmScope),
    stores: pick(random, values.stores),
    selection: pick(random, values.selection),
    disk: pick(random, values.disk),
    mainKey: pick(random, values.mainKey),
    scope: pick(random, values.scope),
    binding: pick(random, values.binding),
    resetArchiveRetention: pick(random, values.resetArchiveRetention),
    planted: happens(random, 0.5) ? "nothing" : pick(random, values.planted),
  };
}

function valuePairs(factors: Factors): readonly string[] {
  const chosen = Object.entries(factors).map(([name, value]) => `${name}=${value}`);
  return chosen.flatMap((one, at) => chosen.slice(at + 1).map((other) => `${one} ${other}`));
}

function countValuePairs(): number {
  const counts = Object.values(values).map(({ length }) => length);
  return counts
    .flatMap((one, at) => counts.slice(at + 1).map((other) => one * other))
    .reduce((a, b) => a + b);
}
