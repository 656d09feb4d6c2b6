import { describe, expect, test } from "vitest";
import { guardFormula } from "../src/guard-formula.ts";

describe("guardFormula", () => {
  test.each(["=1+1", "+49 30", "-100", "@sum", "\tx", "\rx", "="])("%j gets an apostrophe", (cell) => {
    expect(guardFormula(cell)).toBe(`'${cell}`);
  });

  test.each(["", "agent:main:main", " =1", "1-2", "a@b", "\nx", "'=1"])("%j stays", (cell) => {
    expect(guardFormula(cell)).toBe(cell);
  });
});
