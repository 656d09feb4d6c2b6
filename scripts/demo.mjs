// Previews a cleanup of a recorded store, in a copy that is gone afterwards.
import { join } from "node:path";
import { materializeCase } from "../packages/testkit/dist/index.js";
import { root, runNode } from "./workspace.mjs";

const store = materializeCase("openclaw-2026.5.28-one-agent");
try {
  const command = ["cleanup", "--dry-run", "--state-dir", store.stateDir, "--now", String(store.now)];
  process.stderr.write(
    `A recorded store, copied to a temporary directory.\n$ sessionsmith ${command.join(" ")}\n\n`,
  );
  runNode(join(root, "apps/cli/dist/bin.js"), ...command);
} finally {
  store.dispose();
}
