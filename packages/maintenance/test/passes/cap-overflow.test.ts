import { describe, expect, test } from "vitest";
import { foldPasses } from "../../src/cleanup-pass.ts";
import type { CleanupPolicy } from "../../src/cleanup-policy.ts";
import { openCleanupView } from "../../src/cleanup-view.ts";
import { capOverflow } from "../../src/passes/cap-overflow.ts";
import { pruneStale } from "../../src/passes/prune-stale.ts";
import { noFacts } from "../../src/store-facts.ts";
import { aPolicy } from "../policy-builder.ts";
import { aSnapshot, dayMs, now, rowAged } from "../snapshot-builder.ts";
import type { StoreSketch } from "../snapshot-builder.ts";

const openclaw = { preset: "openclaw-2026.5" } as const;

function viewOf(sketch: StoreSketch, changes: Partial<CleanupPolicy>) {
  const snapshot = aSnapshot(sketch);
  return openCleanupView({ snapshot, facts: noFacts, policy: aPolicy(changes), now, rows: snapshot.rows });
}

/** What the cap says of each row, as `<action>: <reasons>`. */
function capped(sketch: StoreSketch, changes: Partial<CleanupPolicy>): Record<string, string> {
  const verdicts = capOverflow(viewOf(sketch, changes));
  return Object.fromEntries(
    verdicts.map(({ key, action, reasons }) => [key, `${action}: ${reasons.join(", ")}`]),
  );
}

function keysTaken(sketch: StoreSketch, changes: Partial<CleanupPolicy>): readonly string[] {
  return capOverflow(viewOf(sketch, changes))
    .filter(({ action }) => action === "cap-overflow")
    .map(({ key }) => key);
}

/** So many conversations, one a day older than the other. */
function aged(count: number, fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`agent:main:direct:${i}`, rowAged(i, { ...fields })]),
  );
}

describe("under openclaw-2026.5", () => {
  test("nothing is said of a store that is not beyond the cap", () => {
    expect(capped({ rows: aged(3) }, { ...openclaw, maxEntries: 3 })).toEqual({});
  });

  test("the newest stay; what is protected uses up room", () => {
    const rows = { ...aged(3), "agent:main:whatsapp:group:g": rowAged(90) };
    expect(capped({ rows }, { ...openclaw, maxEntries: 2 })).toEqual({
      "agent:main:direct:0": "keep: within-max-entries",
      "agent:main:direct:1": "cap-overflow: beyond-max-entries",
      "agent:main:direct:2": "cap-overflow: beyond-max-entries",
      "agent:main:whatsapp:group:g": "keep: protected:group",
    });
  });

  test("if what is protected fills the cap, all others go, as there", () => {
    const rows = { ...aged(2), "agent:main:a:group:1": rowAged(9), "agent:main:b:group:2": rowAged(9) };
    expect(keysTaken({ rows }, { ...openclaw, maxEntries: 1 })).toEqual([
      "agent:main:direct:0",
      "agent:main:direct:1",
    ]);
  });

  test("a row without updatedAt is the oldest", () => {
    const rows = { "agent:main:direct:none": { sessionId: "s1" }, ...aged(2) };
    expect(keysTaken({ rows }, { ...openclaw, maxEntries: 2 })).toEqual(["agent:main:direct:none"]);
  });

  test("rows of one time stay in the order of the file, also if their keys look like integers", () => {
    const rows = '{"b": ROW, "7": ROW, "a": ROW}'.replaceAll("ROW", JSON.stringify(rowAged(1)));
    expect(keysTaken({ index: rows }, { ...openclaw, maxEntries: 1 })).toEqual(["7", "a"]);
  });

  test("P10: a time that is not in ms does not make a row the first to go, nor push another one out", () => {
    const rows = {
      "agent:main:direct:iso": { sessionId: "s1", updatedAt: new Date(now).toISOString() },
      "agent:main:direct:seconds": { sessionId: "s1", updatedAt: Math.round(now / 1000) },
      "agent:main:direct:naive": { sessionId: "s1", updatedAt: "2026-06-15T10:00:00" },
      "agent:main:direct:zero": { sessionId: "s1", updatedAt: 0 },
      ...aged(3),
    };
    const taken = capped({ rows }, { ...openclaw, maxEntries: 2 });
    expect(taken).toMatchObject({
      "agent:main:direct:0": "keep: within-max-entries",
      "agent:main:direct:1": "keep: within-max-entries",
      "agent:main:direct:2": "cap-overflow: beyond-max-entries",
    });
    for (const name of ["iso", "seconds", "naive", "zero"])
      expect(taken[`agent:main:direct:${name}`]).toBe("keep: beyond-max-entries, time-not-in-ms");
  });

  test("what is in use or has its transcript outside stays, and pushes no other row out", () => {
    const sketch: StoreSketch = {
      rows: { ...aged(4), "agent:main:direct:1": rowAged(1, { status: "running" }) },
      locked: ["agent:main:direct:3"],
      transcripts: { "agent:main:direct:2": { state: "outside", path: "/elsewhere/s.jsonl" } },
    };
    expect(capped(sketch, { ...openclaw, maxEntries: 1 })).toEqual({
      "agent:main:direct:0": "keep: within-max-entries",
      "agent:main:direct:1": "cap-overflow: beyond-max-entries",
      "agent:main:direct:2": "keep: beyond-max-entries, transcript-outside",
      "agent:main:direct:3": "keep: beyond-max-entries, in-use:locked",
    });
    const running = { ...sketch.rows, "agent:main:direct:1": rowAged(0.9, { status: "running" }) };
    expect(capped({ ...sketch, rows: running }, { ...openclaw, maxEntries: 1 })).toMatchObject({
      "agent:main:direct:0": "keep: within-max-entries",
      "agent:main:direct:1": "keep: beyond-max-entries, in-use:running",
    });
  });

  test("a group is protected whether somebody has it open or not", () => {
    const rows = { ...aged(2), "agent:main:direct:chat": rowAged(9, { chatType: "group" }) };
    for (const locked of [[], ["agent:main:direct:chat"]])
      expect(keysTaken({ rows, locked }, { ...openclaw, maxEntries: 2 })).toEqual(["agent:main:direct:1"]);
  });

  test("rows that an earlier pass took do not count", () => {
    const rows = { ...aged(2), "agent:main:direct:old": rowAged(60) };
    const verdicts = foldPasses(viewOf({ rows }, { ...openclaw, maxEntries: 2 }), [pruneStale, capOverflow]);
    expect([...verdicts.values()].map(({ action }) => action)).toEqual(["keep", "keep", "prune-stale"]);
  });
});

describe("under safe", () => {
  test("the newest 25 unprotected rows stay, however small the cap is", () => {
    const taken = keysTaken({ rows: aged(27) }, { maxEntries: 1 });
    expect(taken).toEqual(["agent:main:direct:25", "agent:main:direct:26"]);
  });

  test("beyond that, what is protected uses up room", () => {
    const rows = { "agent:main:main": rowAged(90), global: rowAged(90), ...aged(29) };
    expect(keysTaken({ rows }, { maxEntries: 29 })).toEqual(["agent:main:direct:27", "agent:main:direct:28"]);
  });

  test("P10: a row of unknown or future age is protected", () => {
    const rows = {
      "agent:main:direct:none": { sessionId: "s1" },
      "agent:main:direct:naive": { sessionId: "s1", updatedAt: "2026-06-15T10:00:00" },
      "agent:main:direct:future": { sessionId: "s1", updatedAt: now + 2 * dayMs },
      ...aged(26),
    };
    expect(capped({ rows }, { maxEntries: 26 })).toMatchObject({
      "agent:main:direct:none": "keep: protected:unknown-age",
      "agent:main:direct:naive": "keep: protected:unknown-age",
      "agent:main:direct:future": "keep: protected:future",
      "agent:main:direct:24": "keep: within-max-entries",
      "agent:main:direct:25": "cap-overflow: beyond-max-entries",
    });
  });

  test("of rows of one time the order of their keys decides, not that of the file", () => {
    const rows = Object.fromEntries(Object.keys(aged(26)).map((key) => [key, rowAged(1)]));
    const reversed = Object.fromEntries(Object.entries(rows).toReversed());
    expect(keysTaken({ rows }, { maxEntries: 1 })).toEqual(["agent:main:direct:9"]);
    expect(keysTaken({ rows: reversed }, { maxEntries: 1 })).toEqual(["agent:main:direct:9"]);
  });
});
