// `npm start` previews a cleanup of a recorded store; `npm start -- <arguments>` is the built command with these arguments.
import { join } from "node:path";
import { ensureBuilt, root, runNode } from "./workspace.mjs";

ensureBuilt();
const bin = join(root, "apps/cli/dist/bin.js");
const args = process.argv.slice(2);

if (args.length > 0) {
  runNode(bin, ...args);
} else {
  const { materializeCase } = await import("../packages/testkit/dist/index.js");
  const store = materializeCase("openclaw-2026.5.28-one-agent");
  try {
    const command = ["cleanup", "--dry-run", "--state-dir", store.stateDir, "--now", String(store.now)];
    process.stderr.write(
      `A recorded store, copied to a temporary directory.\n$ sessionsmith ${command.join(" ")}\n\n`,
    );
    runNode(bin, ...command);
  } finally {
    store.dispose();
  }
}
