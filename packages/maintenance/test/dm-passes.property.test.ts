import type { DmScope, PlanPart } from "@sessionsmith/core";
import { array, assert, constantFrom, integer, property, record, subarray, uniqueArray } from "fast-check";
import { describe, expect, test } from "vitest";
import type { CleanupPreset } from "../src/cleanup-policy.ts";
import { openCleanupView } from "../src/cleanup-view.ts";
import { planCleanup } from "../src/plan-cleanup.ts";
import { noFacts } from "../src/store-facts.ts";
import { afterApplying, partOf, removedKeys } from "./planned-store.ts";
import { aPolicy } from "./policy-builder.ts";
import { aSnapshot, now } from "./snapshot-builder.ts";
import type { StoreSketch } from "./snapshot-builder.ts";

const keys = ["agent:main:", "agent:work:"].flatMap((agent) =>
  "main direct:7 dm:7 telegram:direct:7 telegram:dm:7 telegram:bot:direct:7 signal:direct:7 direct:@ann:example.org telegram:group:7"
    .split(" ")
    .map((rest) => agent + rest),
);
const sessionIds = ["s0", "s1", "s2", "s3"];
const row = record(
  {
    sessionId: constantFrom(...sessionIds),
    updatedAt: integer({ min: 0, max: 40 * 1440 }).map((minutes) => now - minutes * 60_000),
    lastChannel: constantFrom("telegram", "signal"),
    lastAccountId: constantFrom("bot", "other"),
    spawnedBy: constantFrom(...keys),
    status: constantFrom("running", "done"),
    chatType: constantFrom("direct", "group"),
  },
  { requiredKeys: ["sessionId", "updatedAt"] },
);
const names = sessionIds.flatMap((id) => [`${id}.jsonl`, `${id}-topic-4.jsonl`, `${id}.trajectory.jsonl`]);

/** Stores of direct messages under every scope at once, with transcripts that rows share. */
const store = record({
  rows: uniqueArray(record({ key: constantFrom(...keys), row }), {
    selector: ({ key }) => key,
    maxLength: 12,
  }).map((all) => Object.fromEntries(all.map(({ key, row: value }) => [key, value]))),
  files: subarray(names).map((all) => Object.fromEntries(all.map((name) => [name, {}]))),
  locked: subarray(keys, { maxLength: 1 }),
  protectedElsewhere: array(constantFrom(...names), { maxLength: 1 }),
});
const preset = constantFrom<CleanupPreset>("safe", "openclaw-2026.5");
/** `main` with --fix-dm-scope, the others with --rescope. */
const scope = constantFrom<DmScope>("main", "per-peer", "per-channel-peer", "per-account-channel-peer");

function planned(sketch: StoreSketch, rules: CleanupPreset, to: DmScope) {
  const orders = {
    ...aPolicy().orders,
    maintenance: false,
    fixDmScope: to === "main",
    rescope: to !== "main",
  };
  const dmRouting = { scope: to, bindings: [], identityLinks: [] };
  const policy = aPolicy({ preset: rules, orders, dmRouting });
  const snapshot = aSnapshot(sketch);
  const part = partOf(planCleanup({ stores: [{ snapshot }], policy, now, createdAt: now }));
  return { part, snapshot, policy };
}

const byKey = ({ rows }: PlanPart) => [...rows].toSorted((a, b) => (a.key < b.key ? -1 : 1));

describe("the passes over direct messages", () => {
  test("decide once on each row, and only direct messages leave or get another key", () => {
    assert(
      property(store, preset, scope, (sketch, rules, to) => {
        const { part, snapshot } = planned(sketch, rules, to);
        expect(part.rows.map(({ key }) => key)).toEqual(snapshot.rows.map((facts) => facts.row.key));
        expect(part.rows.every(({ reasons }) => reasons.length > 0)).toBe(true);
        const touched = part.rows.filter(
          ({ action, change }) => action !== "keep" || change?.key !== undefined,
        );
        expect(touched.filter(({ key }) => !/:(?:direct|dm):/.test(key))).toEqual([]);
      }),
    );
  });

  test("leave what is in use, and under safe what is protected", () => {
    assert(
      property(store, preset, scope, (sketch, rules, to) => {
        const { part, snapshot, policy } = planned(sketch, rules, to);
        const view = openCleanupView({ snapshot, facts: noFacts, policy, now, rows: snapshot.rows });
        const left = new Set(removedKeys(part));
        const leaving = snapshot.rows.filter((facts) => left.has(facts.row.key));
        expect(leaving.filter((facts) => view.useOf(facts) !== undefined)).toEqual([]);
        const held = leaving.filter((facts) => view.protectionOf(facts) !== undefined);
        expect(rules === "safe" ? held : []).toEqual([]);
      }),
    );
  });

  test("take no file that a row which stays references", () => {
    assert(
      property(store, preset, scope, (sketch, rules, to) => {
        const { part, snapshot } = planned(sketch, rules, to);
        const left = new Set(removedKeys(part));
        for (const step of part.steps) {
          if (step.kind !== "move-file") continue;
          expect((snapshot.references.rowsByFile.get(step.from) ?? []).every((key) => left.has(key))).toBe(
            true,
          );
          expect(snapshot.references.protectedElsewhere.has(step.from)).toBe(false);
        }
      }),
    );
  });

  test("don't depend on the order of rows", () => {
    assert(
      property(store, preset, scope, (sketch, rules, to) => {
        const reversed = Object.fromEntries(Object.entries(sketch.rows).toReversed());
        const { part } = planned(sketch, rules, to);
        const other = planned({ ...sketch, rows: reversed }, rules, to).part;
        expect(byKey(other)).toEqual(byKey(part));
        expect(other.files).toEqual(part.files);
      }),
    );
  });

  test("find nothing more to do on the result", () => {
    assert(
      property(store, preset, scope, (sketch, rules, to) => {
        const { part } = planned(sketch, rules, to);
        expect(planned(afterApplying(sketch, part), rules, to).part.steps).toEqual([]);
      }),
    );
  });
});
