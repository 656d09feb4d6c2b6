import { countDecisions, parseRow } from "@sessionsmith/core";
import type { JsonObject, Plan, PlanPart, RowDecision } from "@sessionsmith/core";
import { assert, constantFrom, double, integer, property } from "fast-check";
import { describe, expect, test } from "vitest";
import type { CleanupPreset } from "../src/cleanup-policy.ts";
import { countFiles } from "../src/count-files.ts";
import { diskBudgetReport } from "../src/disk-budget-report.ts";
import { fileAgeMs } from "../src/file-age.ts";
import { planCleanup } from "../src/plan-cleanup.ts";
import { afterApplying, editedIndex, partOf, removedKeys } from "./planned-store.ts";
import { noFacts } from "../src/store-facts.ts";
import { budgetedBytes, visibleBytes } from "../src/visible-bytes.ts";
import { factsOf } from "./file-view-builder.ts";
import { aPolicy } from "./policy-builder.ts";
import { aSnapshot, dayMs, now } from "./snapshot-builder.ts";
import type { StoreSketch } from "./snapshot-builder.ts";
import { storeSketch } from "./store-arbitrary.ts";

const preset = constantFrom<CleanupPreset>("safe", "openclaw-2026.5");
const later = double({ min: 0, max: 100, noNaN: true }).map((days) => now + days * dayMs);

function plan(
  sketch: StoreSketch,
  rules: { preset: CleanupPreset; at?: number; pruneAfterMs?: number },
): Plan {
  const { at = now, pruneAfterMs = 30 * dayMs } = rules;
  const policy = aPolicy({ preset: rules.preset, pruneAfterMs });
  const snapshot = aSnapshot(sketch);
  const stores = [{ snapshot, facts: factsOf(snapshot) }];
  return planCleanup({ stores, policy, now: at, createdAt: at });
}

function byKey(rows: readonly RowDecision[]): readonly RowDecision[] {
  return rows.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** All of a part that its digest stands for. */
function story({ rows, files, steps, blockedBy }: PlanPart): string {
  return JSON.stringify([
    rows.map(({ key, action, reasons }) => [key, action, reasons]),
    files,
    steps,
    blockedBy,
  ]);
}

const synthetic = /:(cron|subagent|hook|acp|heartbeat)(:|$)/;

function isGroupChat(entry: JsonObject | undefined): boolean {
  return entry?.["chatType"] === "group";
}

describe("planCleanup", () => {
  test("decides once on every row, and before minus removed is after", () => {
    assert(
      property(storeSketch, preset, (sketch, rules) => {
        const { rows } = partOf(plan(sketch, { preset: rules }));
        expect(rows.map(({ key }) => key)).toEqual(aSnapshot(sketch).rows.map((facts) => facts.row.key));
        expect(rows.every(({ reasons }) => reasons.length > 0)).toBe(true);
        const { before, removedByAction, after } = countDecisions(rows);
        expect(before - removedByAction["prune-stale"]).toBe(after);
      }),
    );
  });

  test("the edits take out exactly the rows that leave", () => {
    assert(
      property(storeSketch, preset, (sketch, rules) => {
        const part = partOf(plan(sketch, { preset: rules }));
        const left = new Set(removedKeys(part));
        const expected = Object.entries(JSON.parse(JSON.stringify(sketch.rows))).filter(
          ([key]) => !left.has(key),
        );
        expect(Object.entries(JSON.parse(editedIndex(sketch, part)))).toEqual(expected);
      }),
    );
  });

  test("a file leaves only if nothing that stays references it", () => {
    assert(
      property(storeSketch, preset, (sketch, rules) => {
        const part = partOf(plan(sketch, { preset: rules }));
        const { references, files } = aSnapshot(sketch);
        const left = new Set(removedKeys(part));
        for (const step of part.steps) {
          if (step.kind !== "move-file") continue;
          expect((references.rowsByFile.get(step.from) ?? []).every((key) => left.has(key))).toBe(true);
          expect(references.protectedElsewhere.has(step.from)).toBe(false);
          expect(files.get(step.from)?.fact).toMatchObject({ kind: "file", nlink: 1 });
        }
      }),
    );
  });

  test("no file that leaves for itself is younger than its limit, and the bytes are those of the files", () => {
    assert(
      property(storeSketch, preset, (sketch, rules) => {
        const part = partOf(plan(sketch, { preset: rules }));
        const { files } = aSnapshot(sketch);
        for (const { name, action, pass, size } of part.files) {
          const file = files.get(name);
          expect(size).toBe(file?.fact.size);
          if (file === undefined || action === "keep" || pass !== "artifact") continue;
          const limitMs = file.nameClass.kind === "index-temp" ? 300_000 : 30 * dayMs;
          expect(fileAgeMs(file, now)).toBeGreaterThan(limitMs);
        }
        const report = countFiles(part, aSnapshot(sketch), { pruneAfterMs: 1, minAgeMs: 1 });
        const left = (pass: string) =>
          part.files.filter((one) => one.pass === pass && one.action === "trash");
        const bytes = (pass: string) => left(pass).reduce((sum, { size }) => sum + size, 0);
        expect(report.unreferencedArtifacts.freedBytes).toBe(bytes("artifact"));
        expect(report.archives).toEqual({
          purgedFiles: left("archive").length,
          freedBytes: bytes("archive"),
        });
      }),
    );
  });

  test("the disk budget takes nothing under its limit, and else no more than it must and may", () => {
    const limit = integer({ min: 1, max: 4000 });
    assert(
      property(storeSketch, preset, limit, (sketch, rules, maxDiskBytes) => {
        const highWaterBytes = Math.max(1, Math.floor(0.8 * maxDiskBytes));
        const policy = aPolicy({ preset: rules, maxDiskBytes, highWaterBytes });
        const snapshot = aSnapshot(sketch);
        const stores = [{ snapshot, facts: factsOf(snapshot) }];
        const part = partOf(planCleanup({ stores, policy, now, createdAt: now }));
        const free = partOf(plan(sketch, { preset: rules }));
        const report = diskBudgetReport(part, snapshot, { policy, trash: noFacts.trash });
        if (report === null) throw new Error("no report");
        expect(report.totalBytesBefore).toBe(budgetedBytes(visibleBytes(snapshot, free), rules));
        const isFree = !report.overBudget && rules === "safe";
        expect(isFree ? part : free).toEqual(free);
        const left = part.files.filter(({ action, pass }) => action !== "keep" && pass === "budget");
        expect(report.freedBytes).toBe(left.reduce((sum, { size }) => sum + size, 0));
        const leaving = new Set(removedKeys(part));
        for (const { name } of left) {
          const { rowsByFile, protectedElsewhere } = snapshot.references;
          expect((rowsByFile.get(name) ?? []).every((key) => leaving.has(key))).toBe(true);
          expect(protectedElsewhere.has(name)).toBe(false);
        }
        expect(removedKeys(part)).toEqual(expect.arrayContaining([...removedKeys(free)]));
        expect(report.totalBytesAfter - report.stillOverBytes).toBeLessThanOrEqual(maxDiskBytes);
      }),
    );
  });

  test("planning on the result changes nothing", () => {
    assert(
      property(storeSketch, preset, (sketch, rules) => {
        const part = partOf(plan(sketch, { preset: rules }));
        const again = partOf(plan(afterApplying(sketch, part), { preset: rules }));
        expect(again.steps).toEqual([]);
        expect(again.rows).toEqual(part.rows.filter(({ action }) => action === "keep"));
      }),
    );
  });

  test("the order of rows does not matter", () => {
    assert(
      property(storeSketch, preset, (sketch, rules) => {
        const rows = Object.fromEntries(Object.entries(sketch.rows ?? {}).toReversed());
        const one = partOf(plan(sketch, { preset: rules }));
        const other = partOf(plan({ ...sketch, rows }, { preset: rules }));
        expect(byKey([...other.rows])).toEqual(byKey([...one.rows]));
        expect(other.files).toEqual(one.files);
        expect(other.blockedBy).toEqual(one.blockedBy);
      }),
    );
  });

  test("what leaves today leaves later too, and under a shorter limit", () => {
    assert(
      property(storeSketch, preset, later, (sketch, rules, at) => {
        const today = removedKeys(partOf(plan(sketch, { preset: rules })));
        expect(removedKeys(partOf(plan(sketch, { preset: rules, at })))).toEqual(
          expect.arrayContaining([...today]),
        );
        const shorter = partOf(plan(sketch, { preset: rules, pruneAfterMs: 20 * dayMs }));
        expect(removedKeys(shorter)).toEqual(expect.arrayContaining([...today]));
      }),
    );
  });

  test("safe takes nothing that openclaw-2026.5 keeps", () => {
    assert(
      property(storeSketch, (sketch) => {
        const wide = removedKeys(partOf(plan(sketch, { preset: "openclaw-2026.5" })));
        expect(wide).toEqual(
          expect.arrayContaining([...removedKeys(partOf(plan(sketch, { preset: "safe" })))]),
        );
      }),
    );
  });

  test("what is locked, shared, main or not understood stays", () => {
    assert(
      property(storeSketch, preset, (sketch, rules) => {
        const left = new Set(removedKeys(partOf(plan(sketch, { preset: rules }))));
        const { document, rows } = aSnapshot(sketch);
        const leaving = rows.filter(({ row }) => left.has(row.key));
        expect(leaving.filter(({ row, locked }) => locked || !row.understood)).toEqual([]);
        const shared = leaving.filter(
          ({ row }) => isGroupChat(parseRow(document, row)) && !synthetic.test(row.key),
        );
        expect(shared).toEqual([]);
        const kept =
          rules === "safe"
            ? /:(thread:9|topic:4|group:g|channel:c|main|room:r)$/
            : /:(thread:9|topic:4|group:g|channel:c)$/;
        expect([...left].filter((key) => kept.test(key))).toEqual([]);
      }),
    );
  });

  test("the digest changes exactly when a decision, its reasons or a guard do", () => {
    assert(
      property(storeSketch, preset, later, (sketch, rules, at) => {
        const one = plan(sketch, { preset: rules });
        const other = plan(sketch, { preset: rules, at });
        expect(other.digest === one.digest).toBe(story(partOf(other)) === story(partOf(one)));
      }),
    );
  });
});
