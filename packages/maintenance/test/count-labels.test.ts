import { expect, test } from "vitest";
import { countLabels } from "../src/count-labels.ts";

test("counts what stays and leaves by label, sessions without one last", () => {
  const rows = [
    { label: null, action: "keep" },
    { label: "b", action: "keep" },
    { label: "a", action: "prune-stale" },
    { label: "b", action: "cap-overflow" },
    { label: "b", action: "keep" },
    { label: "__proto__", action: "keep" },
  ] as const;
  expect(countLabels(rows)).toEqual([
    { label: "__proto__", kept: 1, removed: 0 },
    { label: "a", kept: 0, removed: 1 },
    { label: "b", kept: 2, removed: 1 },
    { label: null, kept: 1, removed: 0 },
  ]);
});

test("nothing gives nothing", () => {
  expect(countLabels([])).toEqual([]);
});
