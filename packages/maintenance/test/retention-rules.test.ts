import type { PlanPart, RetentionRule } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import type { CleanupPolicy } from "../src/cleanup-policy.ts";
import { planCleanup } from "../src/plan-cleanup.ts";
import { aPolicy } from "./policy-builder.ts";
import { aSnapshot, dayMs, now, rowAged } from "./snapshot-builder.ts";
import type { StoreSketch } from "./snapshot-builder.ts";

function partFor(sketch: StoreSketch, changes: Partial<CleanupPolicy>): PlanPart {
  const plan = planCleanup({
    stores: [{ snapshot: aSnapshot(sketch) }],
    policy: aPolicy(changes),
    now,
    createdAt: now,
  });
  const [part] = plan.parts;
  if (part === undefined) throw new Error("no part");
  return part;
}

/** `<action>: <reasons>` by key. */
function fates(
  rows: Readonly<Record<string, unknown>>,
  rules: readonly RetentionRule[],
  changes: Partial<CleanupPolicy> = {},
): Record<string, string> {
  const part = partFor({ rows }, { rules, ...changes });
  return Object.fromEntries(
    part.rows.map(({ key, action, reasons }) => [key, `${action}: ${reasons.join(", ")}`]),
  );
}

const presets = [["safe"], ["openclaw-2026.5"]] as const;
const ann = "agent:main:direct:ann";
const bob = "agent:main:direct:bob";
const cyd = "agent:main:direct:cyd";

describe.each(presets)("under %s", (preset) => {
  test("the age of a rule takes the place of the general one, shorter and longer", () => {
    const rules: readonly RetentionRule[] = [
      { match: { key: "*:ann" }, pruneAfterMs: 2 * dayMs, stage: "full" },
      { match: { key: "*:bob" }, pruneAfterMs: 90 * dayMs, stage: "full" },
    ];
    expect(fates({ [ann]: rowAged(3), [bob]: rowAged(60), [cyd]: rowAged(60) }, rules, { preset })).toEqual({
      [ann]: "prune-stale: rule:1, older-than-prune-after",
      [bob]: "keep: rule:2, within-prune-after",
      [cyd]: "prune-stale: older-than-prune-after",
    });
  });

  test("an age given by hand wins over the rule", () => {
    const rules: readonly RetentionRule[] = [
      { match: { key: "*:ann" }, pruneAfterMs: 90 * dayMs, stage: "full" },
      { match: { key: "*:bob" }, pin: true, stage: "full" },
    ];
    const byHand = { preset, orders: { ...aPolicy().orders, olderThan: true }, olderThanMs: 10 * dayMs };
    expect(fates({ [ann]: rowAged(20), [bob]: rowAged(20) }, rules, byHand)).toEqual({
      [ann]: "prune-stale: rule:1, older-than-prune-after",
      [bob]: "keep: rule:2, older-than-prune-after, protected:pinned",
    });
  });

  test("a pin protects from age and cap", () => {
    const rules: readonly RetentionRule[] = [{ match: { label: "Family" }, pin: true, stage: "full" }];
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, n) => [`agent:main:direct:${n}`, rowAged(1, { sessionId: `t${n}` })]),
    );
    const rows = {
      [ann]: rowAged(60, { label: "Family" }),
      [bob]: rowAged(20, { label: "Family" }),
      ...many,
    };
    const found = fates(rows, rules, { preset, maxEntries: 3 });
    expect(found[ann]).toMatch(/^keep: rule:1, older-than-prune-after, protected:pinned/);
    expect(found[bob]).toMatch(/^keep: rule:1, within-prune-after, protected:pinned/);
  });

  test("a pin and a place among the newest protect from the disk budget", () => {
    const rules: readonly RetentionRule[] = [
      { match: { key: "*:ann" }, pin: true, stage: "full" },
      { match: { key: "*:bob" }, keepNewest: 1, stage: "full" },
    ];
    const rows = { [ann]: rowAged(9), [bob]: rowAged(8), [cyd]: rowAged(7) };
    const found = fates(rows, rules, { preset, maxDiskBytes: 1, highWaterBytes: 1 });
    expect(Object.values(found).map((fate) => fate.split(":")[0])).toEqual(["keep", "keep", "evict-budget"]);
  });

  test("the newest of a rule stay whatever their age", () => {
    const rules: readonly RetentionRule[] = [
      { match: { kind: "direct" }, pruneAfterMs: dayMs, keepNewest: 1, stage: "full" },
    ];
    const rows = {
      [ann]: rowAged(60),
      [bob]: rowAged(50),
      [cyd]: { sessionId: "s", updatedAt: now + 9 * dayMs },
    };
    expect(fates(rows, rules, { preset })).toEqual({
      [ann]: "prune-stale: rule:1, older-than-prune-after",
      [bob]: "keep: rule:1, older-than-prune-after, protected:keep-newest",
      [cyd]: "keep: rule:1, updated-in-the-future",
    });
  });

  test("the cap of a rule counts its own rows only, and names the rule", () => {
    const rules: readonly RetentionRule[] = [{ match: { key: "*:direct:?*" }, maxEntries: 1, stage: "full" }];
    const group = "agent:main:slack:group:direct:x";
    const rows = {
      [ann]: rowAged(3),
      [bob]: rowAged(2),
      [group]: rowAged(4),
      "agent:main:explicit:1": rowAged(5),
    };
    expect(fates(rows, rules, { preset })).toEqual({
      [ann]: "cap-overflow: rule:1, beyond-max-entries-of-rule",
      [bob]: "keep: rule:1, within-prune-after, within-max-entries-of-rule",
      [group]: "keep: rule:1, within-prune-after, beyond-max-entries-of-rule, protected:group",
      "agent:main:explicit:1": "keep: within-prune-after",
    });
  });

  test("what protects a row is stronger than a rule that would take it", () => {
    const rules: readonly RetentionRule[] = [{ match: { key: "*" }, pruneAfterMs: dayMs, stage: "full" }];
    expect(fates({ "agent:main:slack:group:g": rowAged(60) }, rules, { preset })).toEqual({
      "agent:main:slack:group:g": "keep: rule:1, older-than-prune-after, protected:group",
    });
  });
});

const metadata: RetentionRule = { match: { key: "*:direct:*" }, pruneAfterMs: 2 * dayMs, stage: "metadata" };
const files = { "s1.jsonl": {}, "s1.trajectory.jsonl": {} };

describe("stage metadata", () => {
  test("the row stays with a mark, its transcript goes to the archive", () => {
    const part = partFor({ rows: { [ann]: rowAged(3) }, files }, { rules: [metadata] });
    expect(part.rows).toMatchObject([
      {
        key: ann,
        action: "keep",
        reasons: ["rule:1", "older-than-prune-after", "stage:metadata"],
        change: {
          detached: true,
          fields: {
            pluginExtensions: { sessionsmith: { stage: { kept: "metadata", transcript: "s1.jsonl" } } },
          },
        },
      },
    ]);
    expect(part.files.map(({ name, action, reasons }) => [name, action, reasons])).toEqual([
      ["s1.jsonl", "archive-deleted", ["stage-metadata"]],
      ["s1.trajectory.jsonl", "trash", ["stage-metadata"]],
    ]);
    expect(part.steps.map(({ kind }) => kind)).toEqual(["write-index", "move-file", "move-file"]);
  });

  test("a row whose transcript a staying row references is left as it is", () => {
    const group = "agent:main:slack:group:g";
    const rows = { [ann]: rowAged(3), [group]: rowAged(3) };
    const part = partFor({ rows, files }, { rules: [metadata] });
    expect(part.steps).toEqual([]);
    expect(part.rows.at(0)).toEqual({
      key: ann,
      sessionId: "s1",
      action: "keep",
      reasons: ["rule:1", "older-than-prune-after", "stage:metadata", "referenced-by-another-row"],
      ageMs: 3 * dayMs,
    });
  });

  test("one that can't let go holds the files of others, and so on", () => {
    // ann and bob share s1.jsonl; the topic of bob's session is held by a row that stays.
    const rows = {
      [ann]: rowAged(3),
      [bob]: rowAged(3, { sessionId: "s2", sessionFile: "s1.jsonl" }),
      [cyd]: rowAged(3, { sessionId: "s3" }),
    };
    const all = { "s1.jsonl": {}, "s3.jsonl": {} };
    const free = partFor({ rows, files: all }, { rules: [metadata] });
    expect(free.rows.map(({ change }) => change?.detached)).toEqual([true, true, true]);
    const locked = partFor({ rows, files: all, protectedElsewhere: ["s1.jsonl"] }, { rules: [metadata] });
    expect(locked.rows.map(({ change }) => change?.detached)).toEqual([undefined, undefined, true]);
    expect(locked.files.filter(({ action }) => action !== "keep").map(({ name }) => name)).toEqual([
      "s3.jsonl",
    ]);
  });

  test("a row that has no transcript stays without a mark, one that is marked stays as it is", () => {
    const without = partFor({ rows: { [ann]: rowAged(3) } }, { rules: [metadata] });
    expect(without.rows.at(0)?.change).toBeUndefined();
    const mark = {
      pluginExtensions: { sessionsmith: { stage: { kept: "metadata", transcript: "s1.jsonl" } } },
    };
    for (const [preset] of presets) {
      const part = partFor({ rows: { [ann]: rowAged(3, mark) } }, { rules: [metadata], preset });
      expect(part.steps).toEqual([]);
    }
  });

  test("a session that was gone on with is archived again, and its row needs no other mark", () => {
    const mark = {
      pluginExtensions: { sessionsmith: { stage: { kept: "metadata", transcript: "s1.jsonl" } } },
    };
    const part = partFor({ rows: { [ann]: rowAged(3, mark) }, files }, { rules: [metadata] });
    expect(part.rows.at(0)?.change).toEqual({ detached: true });
    expect(part.steps.map(({ kind }) => kind)).toEqual(["move-file", "move-file"]);
  });

  test("taking the transcripts of most rows needs a confirmation as taking the rows does", () => {
    const rows = Object.fromEntries(
      Array.from({ length: 11 }, (_, n) => [`agent:main:direct:${n}`, rowAged(3, { sessionId: `t${n}` })]),
    );
    const transcripts = Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`t${n}.jsonl`, {}]));
    expect(partFor({ rows, files: transcripts }, { rules: [metadata] }).blockedBy).toEqual(["mass"]);
    expect(partFor({ rows }, { rules: [metadata] }).blockedBy).toEqual([]);
  });
});
