import { describe, expect, test } from "vitest";
import { confirmGuards, filesHeldBack } from "../../src/plan/confirm-guards.ts";
import { checkPlanBalance } from "../../src/plan/check-plan-balance.ts";
import { planDigest } from "../../src/plan/plan-digest.ts";
import type { PlanPart } from "../../src/plan/plan.ts";
import { aFile, aMove, aPart, aPlan, aRewrite } from "./plan-builder.ts";

const blocked = aPlan({ parts: [aPart({ blockedBy: ["orphans", "mass"] }), aPart()] });

test("only what is confirmed stops blocking, and the plan is sealed anew", () => {
  const confirmed = confirmGuards(blocked, ["orphans"]);
  expect(confirmed.parts.map(({ blockedBy }) => blockedBy)).toEqual([["mass"], []]);
  expect(confirmed.digest).toBe(planDigest(confirmed));
  expect(confirmed.digest).not.toBe(blocked.digest);
});

test("a plan that no guard holds back stays the same, whatever is confirmed", () => {
  const free = aPlan();
  expect(confirmGuards(free, [])).toBe(free);
  expect(confirmGuards(free, ["orphans", "mass"])).toBe(free);
  const mass = aPlan({ parts: [aPart({ blockedBy: ["mass"] })] });
  expect(confirmGuards(mass, [])).toBe(mass);
});

const trashed = { as: "trash" } as const;

/** A row leaves with its file, and for themselves an archive, an orphan and one for the budget. */
const mixed = aPart({
  files: [
    aFile("old-id.jsonl", { pass: "row" }),
    aFile("archived", { action: "trash", pass: "archive" }),
    aFile("orphan.jsonl", { action: "trash", pass: "artifact" }),
    aFile("large", { action: "trash", pass: "budget" }),
    aFile("young.jsonl", { action: "keep", reasons: ["within-prune-after"], pass: "artifact" }),
  ],
  steps: [
    aRewrite(),
    aMove("old-id.jsonl"),
    aMove("archived", { to: trashed }),
    aMove("orphan.jsonl", { to: trashed }),
    aMove("large", { to: trashed }),
  ],
  blockedBy: ["orphans"],
});

function only(part: PlanPart, confirmed: readonly ("orphans" | "mass")[]): PlanPart {
  const [done] = confirmGuards(aPlan({ parts: [part] }), confirmed).parts;
  if (done === undefined) throw new Error("no part");
  return done;
}

describe("the guard orphans, unconfirmed", () => {
  test("the files that leave for themselves stay, and the rows go with theirs", () => {
    const done = only(mixed, []);
    expect(done.files.map(({ name, action, reasons }) => [name, action, reasons[0]])).toEqual([
      ["old-id.jsonl", "archive-deleted", "row-leaves"],
      ["archived", "keep", "held-back:orphans"],
      ["orphan.jsonl", "keep", "held-back:orphans"],
      ["large", "keep", "held-back:orphans"],
      ["young.jsonl", "keep", "within-prune-after"],
    ]);
    expect(done.steps).toEqual([aRewrite(), aMove("old-id.jsonl")]);
    expect(done.rows).toEqual(mixed.rows);
    expect(done.blockedBy).toEqual([]);
    expect(checkPlanBalance(done)).toEqual([]);
  });

  test("mass goes on to hold all of it back", () => {
    expect(only({ ...mixed, blockedBy: ["orphans", "mass"] }, []).blockedBy).toEqual(["mass"]);
  });

  test("says which files they are", () => {
    expect(filesHeldBack(mixed).map(({ name }) => name)).toEqual(["archived", "orphan.jsonl", "large"]);
    expect(filesHeldBack({ ...mixed, blockedBy: ["mass"] })).toEqual([]);
  });
});

test("the guard orphans, confirmed, holds nothing back", () => {
  expect(only(mixed, ["orphans"])).toEqual({ ...mixed, blockedBy: [] });
});
