import { expect, test } from "vitest";
import { dirsAbove, dirsOnTheWay } from "../../src/layout/dirs-above.ts";

test.each([
  ["name", [], []],
  ["a/b/c", ["a", "a/b"], ["a", "a/b"]],
  ["../a/b", ["..", "../a"], []],
  ["..", [], []],
  ["/a/b", ["/a"], []],
])("the directories on the way to %s, and those of them in the sessions directory", (name, all, ours) => {
  expect([dirsOnTheWay(name), dirsAbove(name)]).toEqual([all, ours]);
});
