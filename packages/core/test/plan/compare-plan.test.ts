import { expect, test } from "vitest";
import { comparePlan } from "../../src/plan/compare-plan.ts";
import { requireSameIndex } from "../../src/plan/require-same-index.ts";
import { isStoreError } from "../../src/store-error.ts";
import { nowMs, useStoreDir } from "../snapshot/store-dir.ts";
import { removalPlan } from "./cleanup-like-plan.ts";

const store = useStoreDir();
const row = (n: number, more: object = {}) => ({ sessionId: `s${n}`, updatedAt: nowMs - n, ...more });
const rows = { a: row(1), b: row(2), c: row(3), d: row(4) };

function planned() {
  store.index(rows);
  return removalPlan(store.scan(), { keys: ["b", "c"], files: [], now: nowMs });
}

function drift(present: Readonly<Record<string, object>>) {
  const plan = planned();
  const [part] = plan.parts;
  store.index(present);
  return part && comparePlan(part, plan, store.scan());
}

test.each<[string, Readonly<Record<string, object>>, object]>([
  ["nothing", rows, {}],
  ["a removed row of which a byte differs", { ...rows, b: row(2, { label: "x" }) }, { changed: ["b"] }],
  ["a kept row with another time", { ...rows, a: row(1, { updatedAt: nowMs }) }, { changed: ["a"] }],
  ["a kept row with another session id", { ...rows, a: row(1, { sessionId: "s9" }) }, { changed: ["a"] }],
  [
    "rows that came and went",
    { a: rows.a, b: rows.b, d: rows.d, e: row(5) },
    { added: ["e"], vanished: ["c"] },
  ],
])("%s", (_name, present, expected) => {
  expect(drift(present)).toEqual({ changed: [], added: [], vanished: [], ...expected });
});

function refusal(present: Readonly<Record<string, object>>) {
  const plan = planned();
  store.index(present);
  try {
    requireSameIndex(plan, [store.scan()]);
  } catch (error) {
    if (isStoreError(error)) return error;
    throw error;
  }
  return undefined;
}

test("the same index is no reason to complain", () => {
  expect(refusal(rows)).toBeUndefined();
});

test("another index is named with the keys that differ", () => {
  const error = refusal({ a: row(1, { updatedAt: nowMs }), b: rows.b, d: rows.d, e: row(5) });
  expect(error).toMatchObject({
    code: "E_STALE_PLAN",
    details: { path: store.at("sessions.json"), changed: ["a"], added: ["e"], vanished: ["c"] },
  });
  expect(error?.message).toContain("(changed: a; added: e; vanished: c)");
});

test("other bytes without another session say so", () => {
  expect(refusal({ ...rows, a: row(1, { label: "x" }) })?.message).toContain("no session came or went");
});

test("at most ten keys stand in the message, all of them in the details", () => {
  const many = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`new${n}`, row(n)]));
  const error = refusal({ ...rows, ...many });
  expect(error?.message).toContain("new9; and 2 more");
  expect(error?.message).not.toContain("new10");
  expect(error?.details["added"]).toHaveLength(12);
});
