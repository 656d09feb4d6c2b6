// `pnpm test:sweep` runs the crash matrices and the kills at every place; the default run tries some of them at every nth only.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureBuilt, root } from "./workspace.mjs";

/** Parts of the names of all test files that try less in the default run (`unlessSweeping`, also by way of `runCrashMatrix`). */
const swept = ["crash", "kill", "error-injection", "prompt-blob-moves", "change-setting"];

ensureBuilt();
const env = { ...process.env, SWEEP: "all" };
// One that hangs still ends.
const patience = ["--testTimeout", "900000"];
const vitest = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--root", root, ...patience, ...swept];
const { status } = spawnSync(process.execPath, [...vitest, ...process.argv.slice(2)], {
  env,
  stdio: "inherit",
});
process.exitCode = status ?? 1;
