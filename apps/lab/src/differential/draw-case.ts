import { join } from "node:path/posix";
import type { SketchedFile, SketchedRow } from "@sessionsmith/testkit";
import { generatedNow } from "../generate-store.ts";
import type { CleanupCase, CleanupOrder } from "./cleanup-case.ts";
import { drawStore } from "./draw-store.ts";
import type { StorePlace } from "./draw-store.ts";
import { pick } from "./draw.ts";
import type { Random } from "./draw.ts";
import type { Factors } from "./factors.ts";
import { plantDifference } from "./plant-difference.ts";

const dayMs = 86_400_000;
const indexName = "sessions.json";

/** Draws stores and an order that have the wanted values. */
export function drawCase(random: Random, name: string, factors: Factors): CleanupCase {
  const places = storePlaces(factors);
  const indexes: Record<string, readonly SketchedRow[]> = {};
  const files: Record<string, SketchedFile> = {};
  for (const [at, place] of places.entries()) {
    const store = drawStore(random, place);
    const planted =
      factors.planted === "nothing" || at > 0
        ? { rows: [], files: {} }
        : plantDifference(random, factors.planted, place);
    indexes[`${place.dir}/${indexName}`] = [...store.rows, ...planted.rows];
    for (const [file, sketched] of Object.entries({ ...store.files, ...planted.files }))
      files[join(place.dir, file)] = sketched;
  }
  const keys = Object.values(indexes).flatMap((rows) => rows.map(([key]) => key));
  return {
    name,
    sketch: { now: generatedNow, settings: settingsOf(factors), indexes, files },
    order: orderOf(random, factors, { places, keys }),
  };
}

function storePlaces(factors: Factors): readonly [StorePlace, ...StorePlace[]] {
  const measure = { now: generatedNow, pruneAfterMs: pruneAfterMs(factors) };
  const main: StorePlace = { ...measure, dir: sessionsOf("main"), agents: ["main"] };
  switch (factors.stores) {
    case "one":
      return [main];
    case "two":
      return [main, { ...measure, dir: sessionsOf("work"), agents: ["work", "main"] }];
    case "shared":
      return [{ ...measure, dir: "shared/all/sessions", agents: ["main", "work", "work"] }];
  }
}

function sessionsOf(agentId: string): string {
  return `agents/${agentId}/sessions`;
}

function pruneAfterMs({ pruneAfter }: Factors): number {
  switch (pruneAfter) {
    case "left-out":
      return 30 * dayMs;
    case "7d":
      return 7 * dayMs;
    case "36h":
    case "1d12h":
      return 1.5 * dayMs;
    case 3:
      return 3 * dayMs;
  }
}

function settingsOf(factors: Factors): object {
  const { mode, pruneAfter, maxEntries, resetArchiveRetention, dmScope, mainKey, scope } = factors;
  const { disk, stores, binding } = factors;
  const maintenance = {
    ...givenOnly({ mode, pruneAfter, maxEntries, resetArchiveRetention }),
    ...diskSettings(disk),
  };
  const route = { agentId: "main", match: { channel: binding }, session: { dmScope: "per-channel-peer" } };
  return {
    ...(binding === "none" ? {} : { bindings: [route] }),
    ...(stores === "one" ? {} : { agents: { list: [{ id: "main", default: true }, { id: "work" }] } }),
    session: {
      ...givenOnly({ dmScope, mainKey, scope }),
      ...(stores === "shared" ? { store: `{state}/shared/all/sessions/${indexName}` } : {}),
      maintenance,
    },
  };
}

function givenOnly(settings: object): object {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== "left-out"));
}

function diskSettings(disk: Factors["disk"]): object {
  switch (disk) {
    case "none":
      return {};
    case "wide":
      return { maxDiskBytes: "1gb" };
    case "tight":
      return { maxDiskBytes: "7kb" };
    case "tight-high-water":
      return { maxDiskBytes: 9000, highWaterBytes: "5kb" };
  }
}

function orderOf(
  random: Random,
  factors: Factors,
  {
    places,
    keys,
  }: { readonly places: readonly [StorePlace, ...StorePlace[]]; readonly keys: readonly string[] },
): CleanupOrder {
  const { enforce, fixMissing, fixDmScope } = factors;
  const activeKey = activeKeyOf(random, factors, keys);
  return {
    ...selectionOf(random, factors, places),
    ...(enforce ? { enforce } : {}),
    ...(fixMissing ? { fixMissing } : {}),
    ...(fixDmScope ? { fixDmScope } : {}),
    ...(activeKey === undefined ? {} : { activeKey }),
  };
}

function selectionOf(
  random: Random,
  { selection, stores }: Factors,
  places: readonly [StorePlace, ...StorePlace[]],
): CleanupOrder {
  switch (selection) {
    case "default":
      return {};
    case "agent":
      return { agent: stores === "one" ? "main" : pick(random, ["main", "work"]) };
    case "all-agents":
      return { allAgents: true };
    case "store":
      return { store: `${pick(random, [...places]).dir}/${indexName}` };
  }
}

function activeKeyOf(random: Random, { activeKey }: Factors, keys: readonly string[]): string | undefined {
  const [first = "agent:main:main", ...rest] = keys;
  const key = pick(random, [first, ...rest]);
  switch (activeKey) {
    case "none":
      return undefined;
    case "exact":
      return key;
    case "other-case":
      return key.toUpperCase();
    case "absent":
      return "agent:main:direct:nobody";
  }
}
