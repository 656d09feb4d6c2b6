// `npm test` runs the whole test suite; `npm test -- <arguments>` passes them to vitest.
import { join } from "node:path";
import { ensureBuilt, root, runNode } from "./workspace.mjs";

ensureBuilt();
runNode(join(root, "node_modules/vitest/vitest.mjs"), "run", "--root", root, ...process.argv.slice(2));
