import { linkSync, unlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkPlanBalance } from "../../src/plan/check-plan-balance.ts";
import type { RowChange } from "../../src/plan/decision.ts";
import { formatPlan } from "../../src/plan/format-plan.ts";
import { parsePlan } from "../../src/plan/parse-plan.ts";
import { sealPlan } from "../../src/plan/plan-digest.ts";
import { rebasePlan } from "../../src/plan/rebase-plan.ts";
import { protectFiles } from "../../src/snapshot/reference-graph.ts";
import { spliceIndex } from "../../src/session-index/splice-index.ts";
import type { StoreSnapshot } from "../../src/snapshot/store-snapshot.ts";
import { isStoreError } from "../../src/store-error.ts";
import { nowMs, useStoreDir } from "../snapshot/store-dir.ts";
import { removalPlan } from "./cleanup-like-plan.ts";

const store = useStoreDir();
const row = (n: number, more: object = {}) => ({ sessionId: `s${n}`, updatedAt: nowMs - n, ...more });
const rows = { a: row(1), b: row(2), c: row(3) };

function planned() {
  store.index(rows);
  store.files("s1.jsonl", "s2.jsonl", "s3.jsonl");
  return removalPlan(store.scan(), { keys: ["b", "c"], files: ["s2.jsonl", "s3.jsonl"], now: nowMs });
}

/** The details of the refusal, or undefined if the plan could be carried over. */
function refusal(change: () => void, protect: (snapshot: StoreSnapshot) => StoreSnapshot = (same) => same) {
  const plan = planned();
  change();
  try {
    rebasePlan(plan, [protect(store.scan())]);
  } catch (error) {
    if (isStoreError(error)) return { code: error.code, ...error.details };
    throw error;
  }
  return undefined;
}

test("on an unchanged store it is the same plan", () => {
  const plan = planned();
  expect(rebasePlan(plan, [store.scan()])).toEqual(plan);
});

test("rows that came, went or changed beside it don't matter: exactly its rows leave", () => {
  const plan = planned();
  store.index({ new: row(9), c: rows.c, a: row(1, { updatedAt: nowMs }), b: rows.b });
  const snapshot = store.scan();
  const [part] = rebasePlan(plan, [snapshot]).parts;
  if (part === undefined) throw new Error("no part");
  expect(checkPlanBalance(part)).toEqual([]);
  expect(part.rows.map(({ key, action }) => `${key} ${action}`)).toEqual([
    "new keep",
    "c prune-stale",
    "a keep",
    "b prune-stale",
  ]);
  expect(part.rows.at(0)).toMatchObject({ reasons: ["added-after-plan"], ageMs: 9 });
  const [rewrite] = part.steps;
  if (rewrite?.kind !== "write-index" || rewrite.content.source !== "splice") throw new Error("no rewrite");
  const text = Buffer.concat(spliceIndex(snapshot.document.bytes, rewrite.content.edits)).toString();
  expect(JSON.parse(text)).toEqual({ new: row(9), a: row(1, { updatedAt: nowMs }) });
});

test.each<[string, () => void, object]>([
  [
    "a removed row with another byte",
    () => store.index({ ...rows, b: row(2, { x: 1 }) }),
    { changed: ["b"] },
  ],
  ["a removed row that is gone", () => store.index({ a: rows.a, c: rows.c }), { changed: ["b"] }],
  ["a moved file with another content", () => store.write("s2.jsonl", "more\n"), { files: ["s2.jsonl"] }],
  ["a moved file that is gone", () => unlinkSync(store.at("s3.jsonl")), { files: ["s3.jsonl"] }],
  [
    "a moved file that a new row needs",
    () => store.index({ ...rows, d: row(4, { sessionFile: "s2.jsonl" }) }),
    { files: ["s2.jsonl"] },
  ],
  [
    "a moved file with a second name",
    () => linkSync(store.at("s2.jsonl"), store.outside("s2.jsonl")),
    { files: ["s2.jsonl"] },
  ],
  [
    "a removed row whose transcript is locked now",
    () => store.write("s2.jsonl.lock", "", 0),
    { changed: ["b"], files: ["s2.jsonl"] },
  ],
])("%s is refused", (_name, change, details) => {
  const expected = {
    code: "E_STALE_PLAN",
    path: store.at("sessions.json"),
    changed: [],
    files: [],
    ...details,
  };
  expect(refusal(change)).toEqual(expected);
});

const protectElsewhere = (snapshot: StoreSnapshot): StoreSnapshot => ({
  ...snapshot,
  references: protectFiles(snapshot.references, ["s3.jsonl"]),
});
const leaveUnread = (snapshot: StoreSnapshot): StoreSnapshot => ({
  ...snapshot,
  references: { ...snapshot.references, unread: ["/elsewhere/sessions.json"] },
});

test("what something else protects by now is refused", () => {
  expect(refusal(() => undefined, protectElsewhere)).toMatchObject({ files: ["s3.jsonl"] });
  expect(refusal(() => undefined, leaveUnread)).toMatchObject({ files: ["s2.jsonl", "s3.jsonl"] });
});

describe("a plan that renames a row and changes another", () => {
  const named = { old: row(1), gone: row(2), child: row(3, { spawnedBy: "old" }) };
  const changes = new Map<string, RowChange>([
    ["old", { key: "new" }],
    ["child", { fields: { spawnedBy: "new" } }],
  ]);
  function renaming() {
    store.index(named);
    store.files("s1.jsonl", "s2.jsonl", "s3.jsonl");
    return removalPlan(store.scan(), { keys: ["gone"], files: ["s2.jsonl"], now: nowMs, changes });
  }

  test("is carried over to a store that has further rows", () => {
    const plan = renaming();
    store.index({ other: row(9), child: named.child, gone: named.gone, old: named.old });
    const snapshot = store.scan();
    const [rewrite] = rebasePlan(plan, [snapshot]).parts[0]?.steps ?? [];
    if (rewrite?.kind !== "write-index" || rewrite.content.source !== "splice") throw new Error("no rewrite");
    const text = Buffer.concat(spliceIndex(snapshot.document.bytes, rewrite.content.edits)).toString();
    expect(JSON.parse(text)).toEqual({ other: row(9), child: row(3, { spawnedBy: "new" }), new: row(1) });
  });

  test.each<[string, object, readonly string[]]>([
    ["the renamed row has another byte", { ...named, old: row(1, { x: 1 }) }, ["old"]],
    ["the changed row has another byte", { ...named, child: row(3) }, ["child"]],
    ["another row has the new key by now", { ...named, new: row(9) }, ["new"]],
    ["another row names the old key by now", { ...named, late: row(9, { spawnedBy: "old" }) }, ["late"]],
  ])("is refused if %s", (_name, rowsNow, changed) => {
    const plan = renaming();
    store.index({ ...rowsNow });
    expect(() => rebasePlan(plan, [store.scan()])).toThrow(
      expect.objectContaining({ code: "E_STALE_PLAN", details: expect.objectContaining({ changed }) }),
    );
  });
});

test("a row that stays lets its file go, but a row that came since does not", () => {
  const plan = planned();
  const [part] = plan.parts;
  if (part === undefined) throw new Error("no part");
  const detached = part.rows.map((decision) =>
    decision.key === "b"
      ? { ...decision, action: "keep" as const, change: { cleared: ["x"], detached: true as const } }
      : decision,
  );
  const staging = sealPlan({ ...plan, parts: [{ ...part, rows: detached }] });
  const [, ...others] = rebasePlan(staging, [store.scan()]).parts[0]?.steps ?? [];
  expect(others).toEqual([...part.steps].slice(1));
  expect(parsePlan(formatPlan(staging))).toEqual(staging);
  store.index({ ...rows, new: row(9, { sessionFile: "s2.jsonl" }) });
  expect(() => rebasePlan(staging, [store.scan()])).toThrow(/is in use since: s2\.jsonl\./);
});
