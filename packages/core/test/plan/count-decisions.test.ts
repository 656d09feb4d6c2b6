import { array, assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
import { countDecisions } from "../../src/plan/count-decisions.ts";
import { rowActions } from "../../src/plan/decision.ts";
import { aRow, aStaleRow } from "./plan-builder.ts";

test("counts each removal under its action", () => {
  const counts = countDecisions([
    aRow("a"),
    aStaleRow("b"),
    aStaleRow("c"),
    aRow("d", { action: "evict-budget" }),
  ]);
  expect(counts).toMatchObject({ before: 4, after: 1 });
  expect(counts.removedByAction).toMatchObject({ "prune-stale": 2, "evict-budget": 1, "cap-overflow": 0 });
});

test("before minus every removal, and what a migration adds, is after", () => {
  assert(
    property(array(constantFrom(...rowActions)), (actions) => {
      const counts = countDecisions(actions.map((action, i) => aRow(`${i}`, { action })));
      const removed = Object.values(counts.removedByAction).reduce((sum, n) => sum + n, 0);
      const added = actions.filter((action) => action === "add").length;
      expect(counts.before - removed + added).toBe(counts.after);
      expect(counts.before).toBe(actions.length - added);
    }),
  );
});
