import { array, assert, date, integer, property, tuple } from "fast-check";
import { expect, test } from "vitest";
import { isoClock } from "../src/iso-clock.ts";

test("moments, one near the other or not, are written as a Date writes them", () => {
  const near = integer({ min: 0, max: 4_000_000 });
  const begins = date({ min: new Date(-1e14), max: new Date(8e15), noInvalidDate: true });
  assert(
    property(array(tuple(begins, array(near))), (conversations) => {
      const clock = isoClock();
      for (const [begin, laters] of conversations)
        for (const later of [0, ...laters]) {
          const atMs = begin.getTime() + later;
          expect(clock(atMs)).toBe(new Date(atMs).toISOString());
        }
    }),
  );
});
