import { expect, test } from "vitest";
import { StagedFiles } from "../../src/engine/staged-files.ts";

const identity = { dev: "2049", ino: "9007199254740993", size: 12, mtimeNs: "-5" };

test("what is known of a step comes back, and of no other", () => {
  const staged = new StagedFiles();
  staged.set(3, identity);
  staged.set(1000, { ...identity, size: 13 });
  expect(staged.get(3)).toEqual(identity);
  expect(staged.get(1000)).toEqual({ ...identity, size: 13 });
  expect([0, 2, 4, 999, 1001, -1].filter((n) => staged.has(n) || staged.get(n) !== undefined)).toEqual([]);
});

test("what is forgotten is not known any more, and can be known anew", () => {
  const staged = new StagedFiles();
  staged.set(0, identity);
  staged.delete(0);
  staged.delete(7);
  expect([staged.has(0), staged.get(0)]).toEqual([false, undefined]);
  staged.set(0, { ...identity, size: 1 });
  expect(staged.get(0)?.size).toBe(1);
});
