import type { Plan, RetentionRule, RuleMatch } from "@sessionsmith/core";
import { array, assert, constantFrom, integer, property, record } from "fast-check";
import { describe, expect, test } from "vitest";
import type { CleanupPolicy } from "../src/cleanup-policy.ts";
import { openCleanupView } from "../src/cleanup-view.ts";
import { planCleanup } from "../src/plan-cleanup.ts";
import { noFacts } from "../src/store-facts.ts";
import { afterApplying, partOf, removedKeys } from "./planned-store.ts";
import { aPolicy } from "./policy-builder.ts";
import { aSnapshot, dayMs, now } from "./snapshot-builder.ts";
import type { StoreSketch } from "./snapshot-builder.ts";
import { storeSketch } from "./store-arbitrary.ts";

const matches: readonly RuleMatch[] = [
  { key: "*" },
  { key: "*:direct:*" },
  { key: "agent:*:?????" },
  { kind: "cron-run" },
  { kind: "direct" },
  { agent: "work" },
  { channel: "telegram" },
  { key: "*:cron:*", agent: "main" },
];
const days = integer({ min: 1, max: 60 }).map((n) => n * dayMs);
const count = integer({ min: 1, max: 4 });
const stage = constantFrom("metadata", "full");
const match = constantFrom(...matches);
const rules = array(
  record(
    { match, stage, pruneAfterMs: days, keepNewest: count, maxEntries: count, pin: constantFrom<true>(true) },
    { requiredKeys: ["match", "stage"] },
  ),
  { maxLength: 4 },
);
const limits = record({
  preset: constantFrom("safe", "openclaw-2026.5"),
  maxEntries: integer({ min: 1, max: 30 }),
});

function plan(sketch: StoreSketch, changes: Partial<CleanupPolicy>): Plan {
  const policy = aPolicy(changes);
  return planCleanup({ stores: [{ snapshot: aSnapshot(sketch) }], policy, now, createdAt: now });
}

/** Session key -> place of the rule that decides on it. */
function rulesOf(sketch: StoreSketch, found: readonly RetentionRule[]): ReadonlyMap<string, string> {
  const snapshot = aSnapshot(sketch);
  const rows = snapshot.rows.filter(({ row }) => row.understood);
  const view = openCleanupView({ snapshot, facts: noFacts, policy: aPolicy({ rules: found }), now, rows });
  return new Map(
    rows.flatMap((facts) => {
      const reason = view.ruleOf(facts)?.reason;
      return reason === undefined ? [] : [[facts.row.key, reason]];
    }),
  );
}

describe("retention rules", () => {
  test("what the first rule pins never leaves, whatever the others say", () => {
    assert(
      property(storeSketch, limits, match, rules, (sketch, changes, pinned, others) => {
        const all: readonly RetentionRule[] = [{ match: pinned, pin: true, stage: "full" }, ...others];
        const kept = rulesOf(sketch, all);
        const part = partOf(plan(sketch, { ...changes, rules: all }));
        const taken = part.rows.filter(({ action, change }) => action !== "keep" || change !== undefined);
        expect(taken.filter(({ key }) => kept.get(key) === "rule:1")).toEqual([]);
      }),
    );
  });

  test("the first match wins: a rule behind one that matches the same rows changes nothing", () => {
    assert(
      property(storeSketch, limits, rules, match, (sketch, changes, some, shadowed) => {
        const first: readonly RetentionRule[] = [
          { match: shadowed, pruneAfterMs: dayMs, stage: "full" },
          ...some,
        ];
        const behind: readonly RetentionRule[] = [...first, { match: shadowed, pin: true, stage: "full" }];
        const one = partOf(plan(sketch, { ...changes, rules: first }));
        const other = partOf(plan(sketch, { ...changes, rules: behind }));
        expect(other.rows).toEqual(one.rows);
        expect(other.files).toEqual(one.files);
      }),
    );
  });

  test("keeping more of the newest takes nothing more", () => {
    assert(
      property(storeSketch, limits, match, count, (sketch, changes, which, keepNewest) => {
        const keeping = (n: number) =>
          removedKeys(
            partOf(
              plan(sketch, {
                ...changes,
                maxEntries: 500,
                rules: [{ match: which, pruneAfterMs: dayMs, keepNewest: n, stage: "full" }],
              }),
            ),
          );
        expect(keeping(keepNewest)).toEqual(expect.arrayContaining([...keeping(keepNewest + 1)]));
      }),
    );
  });

  test("room for more rows of a rule takes nothing more, and never one newer than one that stays for the room", () => {
    assert(
      property(storeSketch, limits, match, count, (sketch, changes, which, maxEntries) => {
        const within = (n: number) =>
          partOf(
            plan(sketch, {
              ...changes,
              maxEntries: 500,
              rules: [{ match: which, maxEntries: n, stage: "full" }],
            }),
          );
        const tight = within(maxEntries);
        expect(removedKeys(tight)).toEqual(expect.arrayContaining([...removedKeys(within(maxEntries + 1))]));
        const roomy = tight.rows.filter(({ reasons }) => reasons.includes("within-max-entries-of-rule"));
        const capped = tight.rows.filter(({ action }) => action === "cap-overflow");
        const oldestAgeMs = Math.max(...roomy.map(({ ageMs }) => ageMs ?? Infinity));
        expect(roomy.length).toBeLessThanOrEqual(maxEntries);
        expect(capped.filter(({ ageMs }) => ageMs === null || ageMs < oldestAgeMs)).toEqual([]);
      }),
    );
  });

  test("planning on the result changes nothing, whatever the rules", () => {
    assert(
      property(storeSketch, limits, rules, (sketch, changes, some) => {
        const policy = { ...changes, rules: some };
        const part = partOf(plan(sketch, policy));
        const again = partOf(plan(afterApplying(sketch, part), policy));
        expect(again.steps).toEqual([]);
      }),
    );
  });

  test("a file leaves only if every row that references it leaves or lets go of it", () => {
    assert(
      property(storeSketch, limits, rules, (sketch, changes, some) => {
        const part = partOf(plan(sketch, { ...changes, rules: some }));
        const { references, rows } = aSnapshot(sketch);
        const gone = new Set(
          part.rows.flatMap(({ key, action, change }) =>
            action !== "keep" || change?.detached === true ? [key] : [],
          ),
        );
        const moved = new Set(part.steps.flatMap((step) => (step.kind === "move-file" ? [step.from] : [])));
        for (const name of moved)
          expect((references.rowsByFile.get(name) ?? []).filter((key) => !gone.has(key))).toEqual([]);
        const marked = new Set(
          part.rows.flatMap(({ key, change }) => (change?.detached === true ? [key] : [])),
        );
        const staged = rows.filter(({ row }) => marked.has(row.key));
        expect(
          staged.filter(({ transcript }) => transcript.state !== "present" || !moved.has(transcript.name)),
        ).toEqual([]);
      }),
    );
  });
});
