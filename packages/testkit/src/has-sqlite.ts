import { createRequire } from "node:module";

let has: boolean | undefined;

/**
 * Tells whether better-sqlite3 can be loaded: it is optional, and its compiled half is made for one Node. The tests that need it are
 * skipped otherwise; one line on standard error says so, and why, for each file of tests.
 */
export function hasSqlite(): boolean {
  return (has ??= loads());
}

function loads(): boolean {
  try {
    const Database: new (path: ":memory:") => { close(): unknown } = createRequire(import.meta.url)(
      "better-sqlite3",
    );
    // The compiled half is loaded by the first database.
    new Database(":memory:").close();
    return true;
  } catch (error) {
    const [why] = (error instanceof Error ? error.message : String(error)).split("\n");
    process.stderr.write(`Tests of databases are skipped: better-sqlite3 can't be loaded (${why})\n`);
    return false;
  }
}
