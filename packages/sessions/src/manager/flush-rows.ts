import type { JsonObject } from "@sessionsmith/core";
import { countedRow, storedEntry } from "./changed-rows.ts";
import { isCountedRow, readExtension } from "./manager-extension.ts";
import { isSameCount } from "./tally.ts";
import { findRow, type ManagerCore } from "./manager-core.ts";

/**
 * Writes what the transcripts of sessions come to into their rows. A row that got another session meanwhile is left alone: it is
 * counted when somebody looks at it.
 */
export async function flushRows(core: ManagerCore, keys: readonly string[]): Promise<void> {
  const found = await Promise.all(keys.map(async (key) => findRow(core, key)));
  const rows = found.filter((row) => row !== undefined);
  if (rows.length === 0) return;
  const { store } = await core.storage();
  await store.update((sessions) => {
    for (const { key, entry, tally } of rows) {
      const present: JsonObject | undefined = sessions.get(key);
      if (present === undefined || present["sessionId"] !== entry["sessionId"]) continue;
      // A row that says so already stays byte for byte as an operation left it, so that this can be taken back.
      if (isCountedRow(present) && isSameCount(readExtension(present).tally, tally)) continue;
      sessions.set(key, storedEntry(countedRow(present, tally)));
    }
  });
}
