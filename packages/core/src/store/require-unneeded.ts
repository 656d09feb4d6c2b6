import type { FileFact } from "../disk/read-fs.ts";
import { protectForkParents } from "../snapshot/protect-fork-parents.ts";
import { protectSharedFiles } from "../snapshot/protect-shared-files.ts";
import { scanStore } from "../snapshot/scan-store.ts";
import type { StoreSnapshot } from "../snapshot/store-snapshot.ts";
import { StoreError } from "../store-error.ts";
import { otherAgentIndexes } from "./other-indexes.ts";
import type { StoreAccess } from "./store-access.ts";

/**
 * Sees to it that nobody needs a file: no row of this index or of another one of the state directory, and no transcript that
 * was forked from it (docs/invariants.md I6).
 * @returns what is known of the file
 * @throws StoreError E_REFUSED with the reason; E_NOT_FOUND if it is not there
 */
export function requireUnneeded({ host, target }: StoreAccess, name: string): FileFact {
  const scanned = scanStore(host, target, { nowMs: host.clock.now() });
  const shared = protectSharedFiles(host.fs, scanned, otherAgentIndexes(host.fs, target));
  const snapshot = protectForkParents(host.fs, shared, new Set([name]));
  const file = snapshot.files.get(name);
  if (file === undefined) {
    throw new StoreError("E_NOT_FOUND", `There is no ${name} in ${snapshot.realDir}. Nothing was changed.`, {
      details: { path: snapshot.realDir, name },
    });
  }
  const why = file.fact.nlink > 1 ? "it has a further name elsewhere" : needOf(snapshot, name);
  if (why === undefined) return file.fact;
  throw new StoreError("E_REFUSED", `${name} in ${snapshot.realDir} stays: ${why}. Nothing was changed.`, {
    hint: "Take the row out of the index first; a copy is made with the reason `bak`.",
    details: { path: snapshot.realDir, name },
  });
}

function needOf({ references }: StoreSnapshot, name: string): string | undefined {
  const [key] = references.rowsByFile.get(name) ?? [];
  if (key !== undefined) return `the row ${JSON.stringify(key)} needs it`;
  if (references.protectedElsewhere.has(name)) return "another index or a fork needs it";
  const [unread] = references.unread;
  return unread === undefined ? undefined : `${unread} may need it and can't be read`;
}
