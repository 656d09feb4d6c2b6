import { isStoreError } from "@sessionsmith/core";
import { openSqliteStore } from "@sessionsmith/store-sqlite";

/** Tells whether better-sqlite3 is installed, and for the Node that runs this. */
export async function sqliteLoads(): Promise<boolean> {
  try {
    // The library is loaded before the file is looked for, and there is none.
    await openSqliteStore({ dbPath: "no-such-directory/sessions.db" });
    return true;
  } catch (error) {
    if (!isStoreError(error)) throw error;
    return error.code !== "E_SQLITE_UNAVAILABLE";
  }
}
