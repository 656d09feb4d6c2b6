import { countDecisions } from "@sessionsmith/core";
import type { MessagePresence, PlanPart, RowAction, RowDecision } from "@sessionsmith/core";
import { assert, boolean, constantFrom, integer, pre, property, subarray, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import type { CleanupPolicy, CleanupPreset } from "../src/cleanup-policy.ts";
import { cleanupReport } from "../src/cleanup-report.ts";
import { openCleanupView } from "../src/cleanup-view.ts";
import { planCleanup } from "../src/plan-cleanup.ts";
import { afterApplying, editedIndex, partOf, removedKeys } from "./planned-store.ts";
import { aPolicy } from "./policy-builder.ts";
import { noFacts } from "../src/store-facts.ts";
import { aSnapshot, dayMs, now } from "./snapshot-builder.ts";
import type { StoreSketch } from "./snapshot-builder.ts";
import { crowdedSketch, messages } from "./store-arbitrary.ts";

type Messages = ReadonlyMap<string, MessagePresence>;

const preset = constantFrom<CleanupPreset>("safe", "openclaw-2026.5");
const maxEntries = integer({ min: 1, max: 60 });
/** Every pass over rows at once. */
const all = {
  orders: { ...aPolicy().orders, fixMissing: true, expired: true, ghosts: true },
} as const;
const store = tuple(crowdedSketch, messages);

function planned(sketch: StoreSketch, found: Messages, changes: Partial<CleanupPolicy>) {
  const snapshot = aSnapshot(sketch);
  const policy = aPolicy({ ...all, ...changes });
  const stores = [{ snapshot, facts: { ...noFacts, messages: found } }];
  const plan = planCleanup({ stores, policy, now, createdAt: now });
  return { plan, part: partOf(plan), snapshot, policy };
}

function byKey(rows: readonly RowDecision[]): readonly RowDecision[] {
  return rows.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

function removedBy(part: PlanPart, action: RowAction): readonly string[] {
  return part.rows.filter((decision) => decision.action === action).map(({ key }) => key);
}

/** True if no two rows are of one time for OpenClaw, to which a text is 0, so that their order in the file decides nothing. */
function hasDistinctTimes(sketch: StoreSketch): boolean {
  const times = aSnapshot(sketch).rows.map(({ row: { updatedAt } }) =>
    typeof updatedAt === "string" ? 0 : updatedAt && Math.max(0, updatedAt),
  );
  return new Set(times).size === times.length;
}

describe("all passes over rows together", { timeout: 20_000 }, () => {
  test("keep and removal partition the rows, and the counters balance", () => {
    assert(
      property(store, preset, maxEntries, ([sketch, found], rules, most) => {
        const { plan, part, snapshot, policy } = planned(sketch, found, { preset: rules, maxEntries: most });
        expect(part.rows.map(({ key }) => key)).toEqual(snapshot.rows.map((facts) => facts.row.key));
        expect(part.rows.every(({ reasons }) => reasons.length > 0)).toBe(true);
        const report = cleanupReport({ plan, part, snapshot, policy, dryRun: true });
        const { missing, dmScopeRetired, modelRunPruned, expired, ghosts, pruned, capped, evicted } = report;
        const removed =
          missing + dmScopeRetired + modelRunPruned + expired + ghosts + pruned + capped + evicted;
        expect(report.beforeCount - removed).toBe(report.afterCount);
        expect(removed).toBe(removedKeys(part).length);
      }),
    );
  });

  test("what is protected stays, and what is in use under every preset", () => {
    assert(
      property(store, preset, maxEntries, ([sketch, found], rules, most) => {
        const { part, snapshot, policy } = planned(sketch, found, { preset: rules, maxEntries: most });
        const view = openCleanupView({
          snapshot,
          facts: { ...noFacts, messages: found },
          policy,
          now,
          rows: snapshot.rows,
        });
        const actions = new Map(part.rows.map(({ key, action }) => [key, action]));
        const leaving = snapshot.rows.filter(({ row }) => actions.get(row.key) !== "keep");
        expect(leaving.filter(({ row }) => !row.understood)).toEqual([]);
        expect(leaving.filter((facts) => view.useOf(facts) !== undefined)).toEqual([]);
        const named = leaving.filter(({ row }) => actions.get(row.key) === "prune-expired");
        expect(named.filter((facts) => view.holdOn(facts) !== undefined)).toEqual([]);
        // OpenClaw's --fix-missing asks for no protection.
        const free = new Set<RowAction | undefined>([
          "prune-expired",
          rules === "safe" ? undefined : "prune-missing",
        ]);
        const ruled = leaving.filter(({ row }) => !free.has(actions.get(row.key)));
        expect(ruled.filter((facts) => view.protectionOf(facts) !== undefined)).toEqual([]);
      }),
    );
  });

  test("planning on the result changes nothing", () => {
    assert(
      property(store, preset, maxEntries, ([sketch, found], rules, most) => {
        const changes = { preset: rules, maxEntries: most };
        const { part, snapshot } = planned(sketch, found, changes);
        const again = planned(afterApplying(sketch, part), found, changes).part;
        const mended = new Set(part.rows.flatMap(({ key, change }) => (change === undefined ? [] : [key])));
        // What only a mended pointer held is unneeded from then on: the next run may take it, this one must not.
        const heldByPointer = (name: string): boolean =>
          (snapshot.references.rowsByFile.get(name) ?? []).some((key) => mended.has(key));
        expect(again.steps.filter((step) => step.kind !== "move-file" || !heldByPointer(step.from))).toEqual(
          [],
        );
        expect(again.rows.map(({ key }) => key)).toEqual(
          part.rows.filter(({ action }) => action === "keep").map(({ key }) => key),
        );
      }),
    );
  });

  test("the order of rows does not matter; under openclaw-2026.5 unless rows are of one time", () => {
    assert(
      property(store, preset, maxEntries, ([sketch, found], rules, most) => {
        pre(rules === "safe" || hasDistinctTimes(sketch));
        const rows = Object.fromEntries(Object.entries(sketch.rows ?? {}).toReversed());
        const changes = { preset: rules, maxEntries: most };
        const one = planned(sketch, found, changes).part;
        const other = planned({ ...sketch, rows }, found, changes).part;
        expect(byKey([...other.rows])).toEqual(byKey([...one.rows]));
        expect(other.files).toEqual(one.files);
        expect(other.blockedBy).toEqual(one.blockedBy);
      }),
    );
  });

  test("P7: removing a row never takes a file that another row references", () => {
    assert(
      property(store, preset, maxEntries, ([sketch, found], rules, most) => {
        const { part, snapshot } = planned(sketch, found, { preset: rules, maxEntries: most });
        const left = new Set(removedKeys(part));
        for (const step of part.steps) {
          if (step.kind !== "move-file") continue;
          const owners = snapshot.references.rowsByFile.get(step.from) ?? [];
          expect(owners.filter((key) => !left.has(key))).toEqual([]);
        }
      }),
    );
  });

  test("the edits take out exactly what leaves, and change exactly what is mended", () => {
    assert(
      property(store, preset, maxEntries, ([sketch, found], rules, most) => {
        const { part } = planned(sketch, found, { preset: rules, maxEntries: most });
        const left = new Set(removedKeys(part));
        const mended = new Set(part.rows.filter(({ change }) => change !== undefined).map(({ key }) => key));
        const expected = Object.entries(JSON.parse(JSON.stringify(sketch.rows)))
          .filter(([key]) => !left.has(key))
          .map(([key, row]) => (mended.has(key) ? [key, withoutSessionFile(row)] : [key, row]));
        expect(Object.entries(JSON.parse(editedIndex(sketch, part)))).toEqual(expected);
      }),
    );
  });

  test("a row leaves for its transcript only if what was seen of it must still hold", () => {
    assert(
      property(store, preset, boolean(), ([sketch, found], rules, alsoMissing) => {
        const orders = { ...all.orders, fixMissing: alsoMissing };
        const { part, snapshot } = planned(sketch, found, { preset: rules, orders });
        const rewrite = part.steps.find((step) => step.kind === "write-index");
        const required = new Map(rewrite?.requires?.map(({ path, is }) => [path, is?.size]));
        const taken = new Set([...removedBy(part, "prune-missing"), ...removedBy(part, "prune-ghost")]);
        const resolved = snapshot.rows.flatMap((row) => (taken.has(row.row.key) ? [row.transcript] : []));
        const missing = resolved.flatMap((one) => (one.state === "missing" ? one.candidates : []));
        expect(missing.filter((path) => !required.has(path) || required.get(path) !== undefined)).toEqual([]);
        const silent = resolved.flatMap((one) => (one.state === "present" ? [one.name] : []));
        expect(silent.filter((name) => found.get(name) !== "none")).toEqual([]);
        expect(silent.filter((name) => required.get(`${snapshot.realDir}/${name}`) !== 100)).toEqual([]);
        expect(resolved.filter(({ state }) => state === "outside" || state === "unknown")).toEqual([]);
      }),
    );
  });
});

function withoutSessionFile(row: unknown): unknown {
  return JSON.parse(JSON.stringify(row), (key, value) => (key === "sessionFile" ? undefined : value));
}

describe("limits", { timeout: 20_000 }, () => {
  test("the cap is monotone: a larger one takes nothing that a smaller one keeps", () => {
    assert(
      property(
        store,
        preset,
        maxEntries,
        integer({ min: 0, max: 20 }),
        ([sketch, found], rules, most, more) => {
          const small = planned(sketch, found, { preset: rules, maxEntries: most }).part;
          const large = planned(sketch, found, { preset: rules, maxEntries: most + more }).part;
          expect(removedKeys(small)).toEqual(expect.arrayContaining([...removedKeys(large)]));
        },
      ),
    );
  });

  test("the cap leaves just as many as there is room for: under safe at least 25", () => {
    assert(
      property(store, preset, maxEntries, ([sketch, found], rules, most) => {
        const { part, snapshot } = planned(sketch, found, { preset: rules, maxEntries: most });
        const capped = removedBy(part, "cap-overflow").length;
        const because = (word: string) => part.rows.filter(({ reasons }) => reasons.includes(word)).length;
        const within = because("within-max-entries");
        const competing = within + because("beyond-max-entries");
        const unjudged = snapshot.rows.filter(({ row }) => !row.understood).length;
        const uncapped = countDecisions(part.rows).after + capped;
        const room = Math.max(rules === "safe" ? 25 : 0, most - (uncapped - unjudged - competing));
        expect(within).toBe(competing === 0 ? 0 : Math.min(room, competing));
      }),
    );
  });

  test("pruning is monotone in the age", () => {
    assert(
      property(store, preset, integer({ min: 1, max: 100 }), ([sketch, found], rules, days) => {
        const orders = { ...aPolicy().orders, maintenance: false, olderThan: true };
        const older = (olderThanMs: number) =>
          removedKeys(planned(sketch, found, { preset: rules, orders, olderThanMs }).part);
        expect(older(days * dayMs)).toEqual(expect.arrayContaining([...older((days + 7) * dayMs)]));
      }),
    );
  });

  test("orders by hand take rows of their kinds only", () => {
    const words = ["cron", "direct", "explicit"] as const;
    assert(
      property(store, preset, subarray([...words], { minLength: 1 }), ([sketch, found], rules, kinds) => {
        const orders = { ...all.orders, maintenance: false, olderThan: true };
        const changes = { preset: rules, orders, kinds, olderThanMs: dayMs };
        const taken = removedKeys(planned(sketch, found, changes).part);
        const isOther = (key: string) => !kinds.some((kind) => key.includes(`:${kind}:`));
        expect(taken.filter(isOther)).toEqual([]);
        // A run of a cron job is another kind than the job.
        expect(taken.filter((key) => key.includes(":run:"))).toEqual([]);
      }),
    );
  });

  test("only safe takes model probes, and only while there is pressure", () => {
    assert(
      property(store, preset, maxEntries, ([sketch, found], rules, most) => {
        const { part } = planned(sketch, found, { preset: rules, maxEntries: most });
        const probes = removedBy(part, "prune-model-run");
        expect(probes.length === 0 || (rules === "safe" && part.rows.length > most)).toBe(true);
      }),
    );
  });
});
