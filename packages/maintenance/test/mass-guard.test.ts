import type { RowAction, RowDecision } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import { needsMassConfirmation } from "../src/mass-guard.ts";
import { aSnapshot, dayMs, now, rowAged } from "./snapshot-builder.ts";

/** So many decisions on rows whose keys begin alike. */
function decisions(count: number, action: RowAction, prefix = "agent:main:direct:"): readonly RowDecision[] {
  return Array.from({ length: count }, (_, i) => {
    return { key: `${prefix}${action}${i}`, sessionId: undefined, action, reasons: [], ageMs: 0 };
  });
}

const active = aSnapshot({ rows: { a: rowAged(1) } });
const guarded = (...rows: readonly (readonly RowDecision[])[]) =>
  needsMassConfirmation(active, rows.flat(), now);

describe("removals", () => {
  test.each([
    ["11 of 21", 11, 10, true],
    ["11 of 22: half is not more than half", 11, 11, false],
    ["10 of 10: ten may always go", 10, 0, false],
    ["11 of 11", 11, 0, true],
    ["none of 40", 0, 40, false],
  ])("%s", (_name, removed, kept, expected) => {
    expect(guarded(decisions(removed, "prune-stale"), decisions(kept, "keep"))).toBe(expected);
  });

  test.each(["cron:", "subagent:", "hook:", "acp:"])(
    "rows of %s do not count, whether they go or stay",
    (word) => {
      const prefix = `agent:main:${word}`;
      expect(guarded(decisions(500, "prune-stale", prefix), decisions(1, "keep"))).toBe(false);
      expect(guarded(decisions(11, "prune-stale"), decisions(500, "keep", prefix))).toBe(true);
    },
  );

  test.each(["prune-missing", "cap-overflow"] as const)("%s counts", (action) => {
    expect(guarded(decisions(11, action), decisions(10, "keep"))).toBe(true);
  });

  test.each(["agent:main:main:heartbeat:", "agent:main:node:"])("rows of %s do not count", (prefix) => {
    expect(guarded(decisions(500, "prune-missing", prefix), decisions(1, "keep"))).toBe(false);
  });

  test.each(["prune-model-run", "prune-expired", "prune-ghost"] as const)("%s does not count", (action) => {
    expect(guarded(decisions(500, action), decisions(1, "keep"))).toBe(false);
  });
});

describe("the clock", () => {
  const one = decisions(1, "prune-stale");

  test.each([
    ["45 days after the newest activity", 45, false],
    ["later than that", 45.01, true],
  ])("%s", (_name, days, expected) => {
    const snapshot = aSnapshot({ rows: { a: rowAged(days), b: rowAged(days + 300) } });
    expect(needsMassConfirmation(snapshot, one, now)).toBe(expected);
    expect(needsMassConfirmation(snapshot, decisions(1, "keep"), now)).toBe(false);
  });

  test("rows of unknown age say nothing of the clock", () => {
    const snapshot = aSnapshot({ rows: { a: { updatedAt: 0 } } });
    expect(needsMassConfirmation(snapshot, one, now)).toBe(false);
  });

  test("one row in the future is odd in itself, and is no activity", () => {
    const busy = aSnapshot({ rows: { a: rowAged(-300), b: rowAged(1) } });
    const idle = aSnapshot({ rows: { a: rowAged(-300), b: rowAged(50) } });
    expect(needsMassConfirmation(busy, one, now)).toBe(false);
    expect(needsMassConfirmation(idle, one, now)).toBe(true);
  });

  test("an index file that is dated ahead, without a row that is, says nothing of the clock", () => {
    const snapshot = aSnapshot({ rows: { a: rowAged(1) }, writtenAtMs: now + 2 * dayMs });
    expect(needsMassConfirmation(snapshot, one, now)).toBe(false);
  });

  test.each([
    ["a day", 1, false],
    ["more than a day", 1.01, true],
  ])("rows and the index file from %s ahead: the clock went back", (_name, days, expected) => {
    const rows = { a: rowAged(-days), b: rowAged(1) };
    const snapshot = aSnapshot({ rows, writtenAtMs: now + days * dayMs });
    expect(needsMassConfirmation(snapshot, one, now)).toBe(expected);
  });
});
