import { expect, test } from "vitest";
import { confirmGuards } from "../../src/plan/confirm-guards.ts";
import { planDigest } from "../../src/plan/plan-digest.ts";
import { aPart, aPlan } from "./plan-builder.ts";

const blocked = aPlan({ parts: [aPart({ blockedBy: ["orphans", "mass"] }), aPart()] });

test("only what is confirmed stops blocking, and the plan is sealed anew", () => {
  const confirmed = confirmGuards(blocked, ["mass"]);
  expect(confirmed.parts.map(({ blockedBy }) => blockedBy)).toEqual([["orphans"], []]);
  expect(confirmed.digest).toBe(planDigest(confirmed));
  expect(confirmed.digest).not.toBe(blocked.digest);
});

test.each([[[]], [["orphans", "mass"]]] as const)(
  "a plan that %j does not concern stays the same",
  (guards) => {
    const free = aPlan();
    expect(confirmGuards(free, guards)).toBe(free);
    expect(confirmGuards(blocked, [])).toBe(blocked);
  },
);
