import { describe, expect, test } from "vitest";
import { nearestMatch } from "../src/nearest-match.ts";

const commands = ["list", "cleanup", "explain", "version"];

describe("nearestMatch", () => {
  test.each([
    ["clenup", "cleanup"],
    ["cleanpu", "cleanup"],
    ["CLEANUP", "cleanup"],
    ["lst", "list"],
    ["ilst", "list"],
    ["explane", "explain"],
    ["verion", "version"],
  ])("%s means %s", (word, meant) => {
    expect(nearestMatch(word, commands)).toBe(meant);
  });

  test.each(["", "x", "doctor", "li", "listing-all"])("%j means nothing here", (word) => {
    expect(nearestMatch(word, commands)).toBeUndefined();
  });

  test("the nearest wins over the first", () => {
    expect(nearestMatch("cart", ["chat", "card"])).toBe("card");
  });
});
