import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CleanupCase } from "../../src/differential/cleanup-case.ts";
import type { RowDifference } from "../../src/differential/compare-outcomes.ts";
import { explainDifferences, knownDifferences } from "../../src/differential/known-differences.ts";
import { repoRoot } from "../repo-root.ts";

const now = Date.UTC(2026, 10, 20);
const index = "agents/main/sessions/sessions.json";

function aCase(
  rows: readonly (readonly [string, unknown])[],
  changes: Partial<CleanupCase> = {},
): CleanupCase {
  const sketch = {
    now,
    settings: { session: { maintenance: { mode: "enforce" } } },
    indexes: { [index]: rows },
    files: {},
  };
  return { name: "a case", sketch, order: {}, ...changes };
}

function aDifference(changes: Partial<RowDifference> = {}): RowDifference {
  return {
    index,
    key: "agent:main:direct:a",
    stage: "dry-run",
    ours: "keep",
    theirs: "prune-stale",
    ...changes,
  };
}

function causesOf(
  differences: readonly RowDifference[],
  example: CleanupCase,
): readonly (string | undefined)[] {
  return explainDifferences(differences, example).map(({ cause }) => cause);
}

const plain = { sessionId: "a", updatedAt: now - 1000 };

test("the page names each of them, and no other", () => {
  const page = readFileSync(join(repoRoot, "docs", "differences.md"), "utf8");
  const [table = ""] = page.split("## Everything else");
  const names = [...table.matchAll(/^\| ([a-z-]+) +\|/gm)].map(([, name]) => name);
  expect(names.filter((name) => name !== "name" && !/^-+$/.test(name ?? "")).toSorted()).toEqual(
    [...knownDifferences].toSorted(),
  );
});

describe("a difference", () => {
  test("on a plain row is unexplained", () => {
    expect(causesOf([aDifference()], aCase([["agent:main:direct:a", plain]]))).toEqual([undefined]);
  });

  test.each<[string, unknown]>([
    ["row-not-understood", null],
    ["row-not-understood", { ...plain, sessionId: "../x" }],
    ["odd-time", { ...plain, updatedAt: "2026-11-20T00:00:00Z" }],
    ["odd-time", { sessionId: "a" }],
    ["still-running", { ...plain, status: "running" }],
    ["transcript-outside", { ...plain, sessionFile: "{state}/elsewhere/a.jsonl" }],
  ])("%s is told by the row %j", (cause, row) => {
    expect(causesOf([aDifference()], aCase([["agent:main:direct:a", row]]))).toEqual([cause]);
  });

  test("on a plain row is explained by an odd one only if the action depends on how many stay", () => {
    const example = aCase([
      ["agent:main:direct:a", plain],
      ["agent:main:direct:b", { ...plain, status: "running" }],
    ]);
    expect(causesOf([aDifference()], example)).toEqual([undefined]);
    expect(causesOf([aDifference({ theirs: "cap-overflow" })], example)).toEqual(["still-running"]);
  });

  test("in a run has the cause that it has in the dry-run", () => {
    const example = aCase([
      ["agent:main:direct:a", plain],
      ["7", plain],
    ]);
    const run = aDifference({ stage: "run", ours: "left", theirs: "gone" });
    expect(causesOf([run], example)).toEqual([undefined]);
    expect(causesOf([aDifference({ theirs: "cap-overflow" }), run], example)).toEqual([
      "number-keys",
      "number-keys",
    ]);
  });

  test("of a preview that counts expired archives is meant if their run takes nothing either", () => {
    const evicted = aDifference({ theirs: "evict-budget" });
    const archive = "agents/main/sessions/a.jsonl.deleted.2026-09-01T00-00-00.000Z";
    const { sketch } = aCase([["agent:main:direct:a", plain]]);
    const files = { [archive]: { shape: "messages", ageMs: 1 } } as const;
    const example = aCase([], { sketch: { ...sketch, files } });
    expect(causesOf([evicted], example)).toEqual(["expired-archives"]);
    expect(causesOf([evicted], aCase([["agent:main:direct:a", plain]]))).toEqual([undefined]);
    const run = aDifference({ stage: "run", ours: "left", theirs: "gone" });
    expect(causesOf([evicted, run], example)).toEqual([undefined, undefined]);
    expect(causesOf([aDifference()], example)).toEqual([undefined]);
    const warns = { ...sketch, files, settings: { session: { maintenance: { mode: "warn" } } } };
    expect(causesOf([evicted], aCase([], { sketch: warns }))).toEqual([undefined]);
  });

  test("in a run is meant if nothing told us to enforce", () => {
    const run = aDifference({ stage: "run", ours: "left", theirs: "gone" });
    const sketch = {
      now,
      settings: {},
      indexes: { [index]: [["agent:main:direct:a", plain] as const] },
      files: {},
    };
    expect(causesOf([run], aCase([], { sketch }))).toEqual(["warn-by-default"]);
    expect(causesOf([run], aCase([], { sketch, order: { enforce: true } }))).toEqual([undefined]);
  });
});
