import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { dirInStore, isPlainName, pathInStore } from "../../src/engine/path-in-store.ts";

const names = [
  "a.jsonl",
  "a..b.jsonl",
  "..a",
  ".",
  "..",
  "../beside.jsonl",
  "../../up/two.jsonl",
  "skills-prompts/one.md",
  ".sessionsmith/operations/id/files/000001",
];

test.each(names)("%s has the path that joining gives it", (name) => {
  expect(pathInStore("/state/sessions", name)).toBe(join("/state/sessions", name));
  expect(dirInStore("/state/sessions", name)).toBe(dirname(join("/state/sessions", name)));
});

test("a plain name is one that leads nowhere else", () => {
  expect(names.filter(isPlainName)).toEqual(["a.jsonl", "a..b.jsonl", "..a"]);
});
