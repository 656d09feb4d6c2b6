import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newerNode } from "./newer-node.ts";
import { repoRoot } from "./repo-root.ts";

/** What users get: the packed packages with their types, the programs of the guides, and the built command. */
const files = [
  "apps/lab/test/packed-packages.e2e.test.ts",
  "apps/lab/test/doc-examples.e2e.test.ts",
  "apps/cli/test/bin.e2e.test.ts",
];

const system = `${process.platform}-${process.arch}`;

test("packages, guides and command work under a newer Node", { timeout: 300_000 }, async ({ skip }) => {
  const node = newerNode(system);
  if (node === undefined) {
    process.stdout.write(`skipped: there is no newer Node for ${system} to test the packed packages with\n`);
    return skip(`there is none for ${system}`);
  }
  expect(execFileSync(node.path, ["--version"], { encoding: "utf8" })).toBe(`v${node.version}\n`);
  const vitest = join(repoRoot, "node_modules/vitest/vitest.mjs");
  const args = [vitest, "run", "--project", "e2e", "--maxWorkers", "1", "--root", repoRoot, ...files];
  expect(await runNode(node.path, args)).toMatch(/Test Files\s+3 passed \(3\)/);
  process.stdout.write(`passed under Node ${node.version} too: ${files.join(", ")}\n`);
});

test("a system for which no newer Node is named has none", () => {
  expect(newerNode("none-such")).toBeUndefined();
});

/** Returns what a program printed, whose own programs run on the same Node. @throws Error with that if it failed */
function runNode(path: string, args: readonly string[]): Promise<string> {
  const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], NO_COLOR: "1" };
  return new Promise((resolve, reject) => {
    execFile(path, args, { cwd: repoRoot, env }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${stdout}${stderr}`, { cause: error }));
    });
  });
}
