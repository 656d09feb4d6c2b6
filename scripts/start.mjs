// `npm start` previews a cleanup of a recorded store; `npm start -- <arguments>` is the built command with these arguments.
import { join } from "node:path";
import { ensureBuilt, root, runNode } from "./workspace.mjs";

ensureBuilt();
const args = process.argv.slice(2);
if (args.length > 0) runNode(join(root, "apps/cli/dist/bin.js"), ...args);
else runNode(join(root, "scripts/demo.mjs"));
