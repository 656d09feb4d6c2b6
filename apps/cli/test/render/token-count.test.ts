import { expect, test } from "vitest";
import { formatTokens } from "../../src/render/token-count.ts";

test.each([
  [45_000, 200_000, "45k/200k (23%)"],
  [1200, 200_000, "1.2k/200k (1%)"],
  [5700, 200_000, "5.7k/200k (3%)"],
  [999, 1000, "999/1.0k (100%)"],
  [1_500_000, 2_000_000, "1.5m/2.0m (75%)"],
  [null, 200_000, "unknown/200k (?%)"],
  [45_000, null, "45k/? (?%)"],
  [10, 0, "10/0 (?%)"],
])("%s of %s tokens is %s", (total, context, shown) => {
  expect(formatTokens(total, context)).toBe(shown);
});
