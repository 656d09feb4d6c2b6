import { parsePlan, formatPlan } from "@sessionsmith/core";
import type { Plan } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import type { CleanupPolicy } from "../src/cleanup-policy.ts";
import { planCleanup } from "../src/plan-cleanup.ts";
import { aPolicy } from "./policy-builder.ts";
import { aSnapshot, dayMs, now, rowAged } from "./snapshot-builder.ts";
import type { StoreSketch } from "./snapshot-builder.ts";

function plan(sketch: StoreSketch, changes: Partial<CleanupPolicy> = {}, at = now): Plan {
  return planCleanup({
    stores: [{ snapshot: aSnapshot(sketch) }],
    policy: aPolicy(changes),
    now: at,
    createdAt: at,
  });
}

const rows = {
  "agent:main:main": rowAged(90, { sessionId: "s0" }),
  "agent:main:direct:old": rowAged(60, { sessionId: "s1" }),
  "agent:main:direct:new": rowAged(1, { sessionId: "s2" }),
  "agent:main:direct:odd": [],
};
const files = {
  "s0.jsonl": {},
  "s1.jsonl": {},
  "s1.trajectory.jsonl": {},
  "s2.jsonl": {},
  "stray.jsonl": {},
};

describe("planCleanup", () => {
  const [part] = plan({ rows, files }).parts;

  test("decides on every row, in the order of the file, and says why", () => {
    expect(part?.rows).toEqual([
      {
        key: "agent:main:main",
        sessionId: "s0",
        action: "keep",
        reasons: ["older-than-prune-after", "protected:main"],
        ageMs: 90 * dayMs,
      },
      {
        key: "agent:main:direct:old",
        sessionId: "s1",
        action: "prune-stale",
        reasons: ["older-than-prune-after"],
        ageMs: 60 * dayMs,
        rowSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      {
        key: "agent:main:direct:new",
        sessionId: "s2",
        action: "keep",
        reasons: ["within-prune-after"],
        ageMs: dayMs,
      },
      {
        key: "agent:main:direct:odd",
        sessionId: undefined,
        action: "keep",
        reasons: ["row-not-understood"],
        ageMs: null,
      },
    ]);
  });

  test("writes down what ended, switches the index, then retires the files of the row", () => {
    expect(
      part?.steps.map((step) => [
        step.phase,
        step.kind === "move-file" ? `${step.from} ${JSON.stringify(step.to)}` : step.kind,
      ]),
    ).toEqual([
      ["create", "append-record"],
      ["switch", "write-index"],
      ["retire", 's1.jsonl {"as":"archive","reason":"deleted"}'],
      ["retire", 's1.trajectory.jsonl {"as":"trash"}'],
    ]);
  });

  test("names the store and the state that it was in", () => {
    const { fingerprint } = aSnapshot({ rows, files });
    expect(part?.store).toEqual({
      agentId: "main",
      indexPath: "/state/agents/main/sessions/sessions.json",
      realDir: "/state/agents/main/sessions",
      index: {
        sha256: fingerprint.sha256,
        size: fingerprint.size,
        dev: "7",
        ino: "8",
        mtimeNs: `${fingerprint.mtimeNs}`,
      },
    });
  });

  test("a store in which nothing is stale gets no steps", () => {
    expect(plan({ rows: { a: rowAged(1) } }).parts[0]).toMatchObject({ steps: [], files: [], blockedBy: [] });
  });

  test("an empty index gets an empty part", () => {
    expect(plan({ index: "{}" }).parts[0]).toMatchObject({ rows: [], steps: [] });
  });

  test("a plan can be saved and read back", () => {
    const saved = plan({ rows, files }, { activeKeys: ["x"] });
    expect(parsePlan(formatPlan(saved))).toEqual(saved);
  });

  test("stores stay in the order of the targets", () => {
    const stores = ["work", "main"].map((agentId) => ({ snapshot: aSnapshot({ target: { agentId } }) }));
    const { parts } = planCleanup({ stores, policy: aPolicy(), now, createdAt: now });
    expect(parts.map(({ store }) => store.agentId)).toEqual(["work", "main"]);
  });

  test("a clock 45 days ahead is held back", () => {
    const busy = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        `agent:main:direct:p${i}`,
        rowAged(i / 10, { sessionId: `s${i}` }),
      ]),
    );
    const [sound] = plan({ rows: busy }).parts;
    const [ahead] = plan({ rows: busy }, {}, now + 46 * dayMs).parts;
    expect(sound).toMatchObject({ steps: [], blockedBy: [] });
    expect(ahead?.blockedBy).toEqual(["mass"]);
    expect(ahead?.steps).not.toEqual([]);
  });

  test("the digest does not know the mode, and knows the rules", () => {
    const { digest } = plan({ rows, files });
    expect(plan({ rows, files }, { mode: "warn" }).digest).toBe(digest);
    expect(plan({ rows, files }, { preset: "openclaw-2026.5" }).digest).not.toBe(digest);
    expect(plan({ rows, files }, { pruneAfterMs: 29 * dayMs }).digest).not.toBe(digest);
  });
});

test("by a clock that jumped no file leaves without a confirmation", () => {
  const kept = { "agent:main:main": rowAged(1, { sessionId: "s0" }) };
  const archive = { "a.jsonl.deleted.2026-05-01T00-00-00.000Z": {} };
  const guardsAt = (at: number) => plan({ rows: kept, files: archive }, {}, at).parts[0]?.blockedBy;
  expect(guardsAt(now + 44 * dayMs - dayMs)).toEqual([]);
  expect(guardsAt(now + 45 * dayMs)).toEqual(["mass"]);
});
