import type { RowAction } from "@sessionsmith/core";
import { expect, test } from "vitest";
import { foldPasses } from "../src/cleanup-pass.ts";
import type { CleanupPass } from "../src/cleanup-pass.ts";
import { openCleanupView } from "../src/cleanup-view.ts";
import { noFacts } from "../src/store-facts.ts";
import { aPolicy } from "./policy-builder.ts";
import { aSnapshot, now, rowAged } from "./snapshot-builder.ts";

const snapshot = aSnapshot({ rows: { a: rowAged(1), b: rowAged(2), c: rowAged(3) } });
const view = openCleanupView({ snapshot, facts: noFacts, policy: aPolicy(), now, rows: snapshot.rows });

/** A pass that takes some keys and leaves the others. */
function taking(action: RowAction, ...keys: readonly string[]): CleanupPass {
  return ({ rows }) =>
    rows.map(({ row: { key } }) =>
      keys.includes(key)
        ? { key, action, reasons: [`taken by ${action}`] }
        : { key, action: "keep", reasons: [`not ${action}`] },
    );
}

test("the first pass that takes a row decides; a row that stays collects every reason", () => {
  const verdicts = foldPasses(view, [taking("prune-stale", "a"), taking("cap-overflow", "a", "b")]);
  expect(verdicts.get("a")).toEqual({ key: "a", action: "prune-stale", reasons: ["taken by prune-stale"] });
  expect(verdicts.get("b")).toEqual({ key: "b", action: "cap-overflow", reasons: ["taken by cap-overflow"] });
  expect(verdicts.get("c")).toEqual({
    key: "c",
    action: "keep",
    reasons: ["not prune-stale", "not cap-overflow"],
  });
});

test("a pass does not see the rows that an earlier one took", () => {
  const seen: string[] = [];
  const spy: CleanupPass = ({ rows }) => {
    seen.push(...rows.map(({ row }) => row.key));
    return [];
  };
  foldPasses(view, [taking("prune-stale", "b"), spy]);
  expect(seen).toEqual(["a", "c"]);
});

test("a pass may be silent on a row", () => {
  expect(foldPasses(view, [() => []]).size).toBe(0);
});
