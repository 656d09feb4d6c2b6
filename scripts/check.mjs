// The one gate: every stage in order, each with its time; the first that fails ends it. `--without <stage>` leaves one out, for
// whoever has just run it.
import { spawnSync } from "node:child_process";
import { root } from "./workspace.mjs";

const stages = [
  ["format", "oxfmt --check"],
  ["lint", "oxlint --type-aware --deny-warnings"],
  ["build", "node scripts/build.mjs"],
  ["typecheck", "tsc -b && tsc -p tsconfig.test.json"],
  ["test", "vitest run"],
  ["docs", "node scripts/docs.mjs --check"],
  ["unused", "knip"],
  ["packages", "turbo run lint:package"],
];

const [flag, left] = process.argv.slice(2);
if (flag !== undefined && (flag !== "--without" || !stages.some(([name]) => name === left))) {
  process.stderr.write(`usage: check [--without ${stages.map(([name]) => name).join("|")}]\n`);
  process.exit(2);
}

const times = [];
for (const [name, command] of stages.filter(([stage]) => stage !== left)) {
  process.stdout.write(`\n== ${name}: ${command}\n`);
  const start = performance.now();
  const { status } = spawnSync(command, { cwd: root, shell: true, stdio: "inherit" });
  times.push(`${name} ${((performance.now() - start) / 1000).toFixed(1)} s`);
  if (status !== 0) {
    process.stdout.write(`\n== ${name} failed (${times.join(", ")})\n`);
    process.exit(1);
  }
}
process.stdout.write(`\n== all green${left === undefined ? "" : ` without ${left}`} (${times.join(", ")})\n`);
