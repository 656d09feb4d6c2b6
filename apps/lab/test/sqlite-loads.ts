import { createRequire } from "node:module";
import { join } from "node:path";
import { repoRoot } from "./repo-root.ts";

/** Tells whether better-sqlite3 is installed, and for the Node that runs this. */
export function sqliteLoads(): boolean {
  const require = createRequire(join(repoRoot, "packages/store-sqlite/package.json"));
  try {
    const Database: new (path: string) => { close(): void } = require("better-sqlite3");
    // Its compiled half is loaded by the first database.
    new Database(":memory:").close();
    return true;
  } catch {
    return false;
  }
}
