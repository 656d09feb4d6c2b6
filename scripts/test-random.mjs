// `pnpm test:random [rounds]` runs the property tests again, each round with a seed that was not tried before, and stops at
// the first that fails. The default run has one fixed seed; what is found here becomes a fixed case beside its property.
import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { ensureBuilt, root } from "./workspace.mjs";

const rounds = Number(process.argv[2] ?? 10);
if (!Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write("Usage: node scripts/test-random.mjs [rounds], rounds at least 1\n");
  process.exit(2);
}

ensureBuilt();
for (let round = 1; round <= rounds; round += 1) {
  const seed = randomInt(2 ** 31);
  process.stdout.write(`\n== round ${round} of ${rounds}: PROPERTY_SEED=${seed}\n`);
  const env = { ...process.env, PROPERTY_SEED: String(seed) };
  const vitest = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--root", root, "property"];
  const { status } = spawnSync(process.execPath, vitest, { env, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
