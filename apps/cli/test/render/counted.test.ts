import { expect, test } from "vitest";
import { counted } from "../../src/render/counted.ts";

test("one is singular, none and many are plural", () => {
  expect([0, 1, 2].map((count) => counted(count, "session row"))).toEqual([
    "0 session rows",
    "1 session row",
    "2 session rows",
  ]);
});
