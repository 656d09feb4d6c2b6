// `node scripts/test-on-node.mjs 24` tests the built packages and the built command under another Node, which npm fetches:
// a project outside the workspace that uses the packed packages, the programs of the guides, and the command itself.
// Needs the network, so it is no part of the default run.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureBuilt, root } from "./workspace.mjs";

const [version] = process.argv.slice(2);
if (version === undefined || !/^\d+(?:\.\d+){0,2}$/.test(version)) {
  process.stderr.write("Usage: node scripts/test-on-node.mjs <version>, for example 24 or 22.13.0\n");
  process.exit(2);
}

ensureBuilt();
const node = ["--yes", `--package=node@${version}`, "--", "node"];
const tests = [
  "apps/lab/test/packed-packages.e2e.test.ts",
  "apps/lab/test/doc-examples.e2e.test.ts",
  "apps/cli/test/bin.e2e.test.ts",
];
const vitest = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--project", "e2e", "--root", root];

run(["-p", "`Node ${process.version}`"]);
run([...vitest, ...tests]);

/** Runs the other Node; the tests start their programs with the Node that they run on. */
function run(args) {
  const { status } = spawnSync("npx", [...node, ...args], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
