import { array, assert, double, property, tuple } from "fast-check";
import { expect, test } from "vitest";
import { isoClock } from "../src/iso-clock.ts";

test("moments, one near the other or not, are written as a Date writes them", () => {
  const begins = double({ min: -1e14, max: 8e15, noNaN: true });
  const near = double({ min: 0, max: 4_000_000, noNaN: true });
  assert(
    property(array(tuple(begins, array(near))), (conversations) => {
      const clock = isoClock();
      for (const [begin, laters] of conversations)
        for (const later of [0, ...laters])
          expect(clock(begin + later)).toBe(new Date(begin + later).toISOString());
    }),
  );
});
