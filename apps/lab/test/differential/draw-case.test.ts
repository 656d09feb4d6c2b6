import { expect, test } from "vitest";
import { drawCase } from "../../src/differential/draw-case.ts";
import { factorDrawer } from "../../src/differential/factors.ts";
import { plantedDifferences } from "../../src/differential/plant-difference.ts";
import { knownDifferences } from "../../src/differential/known-differences.ts";
import { seededRandom } from "../../src/random.ts";

test("300 combinations hold every pair of values of two factors", () => {
  const drawer = factorDrawer(seededRandom(1));
  for (let n = 0; n < 300; n += 1) drawer.next();
  const { seen, all } = drawer.coverage();
  expect(seen).toBe(all);
});

test("one seed draws one case", () => {
  expect(drawSeventh()).toEqual(drawSeventh());
});

function drawSeventh(): unknown {
  const random = seededRandom(7);
  return drawCase(random, "x", factorDrawer(random).next());
}

test("what is planted is a difference that is known", () => {
  expect(plantedDifferences.filter((name) => !knownDifferences.includes(name))).toEqual([]);
});
