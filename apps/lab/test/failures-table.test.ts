import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repoRoot } from "./repo-root.ts";

const page = readFileSync(join(repoRoot, "docs", "failures.md"), "utf8");
/** `| id | what | tests |` of every row that has an id. */
const rows = [...page.matchAll(/^\| (P?\d+) +\|[^|]*\|([^|]*)\|$/gm)].map(([, id = "", held = ""]) => ({
  id,
  tests: [...held.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path),
}));

test("every failure and every rule is there, in its order", () => {
  const failures = Array.from({ length: 21 }, (_, n) => `P${n + 1}`);
  const rules = Array.from({ length: 18 }, (_, n) => String(n + 1));
  expect(rows.map(({ id }) => id)).toEqual([...failures, ...rules]);
});

test.each(rows)("$id is held by tests that exist and say so", ({ id, tests }) => {
  expect(tests.length).toBeGreaterThan(0);
  expect(tests.filter((path) => !existsSync(join(repoRoot, path)))).toEqual([]);
  for (const path of tests) {
    if (!/openclaw-failures|hygiene-rules/.test(path)) continue;
    const name = id.startsWith("P") ? id : `rule ${id}`;
    expect(readFileSync(join(repoRoot, path), "utf8")).toMatch(new RegExp(`"[^"]*\\b${name}\\b`));
  }
});
