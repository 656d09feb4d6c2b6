import { join } from "node:path";
import { commitIndex } from "../engine/commit-index.ts";
import { indexEdits, type IndexChange } from "../session-index/index-edits.ts";
import type { IndexDocument } from "../session-index/index-document.ts";
import { lastRowsByKey } from "../session-index/find-row.ts";
import { scanIndex } from "../session-index/scan-index.ts";
import type { SpliceEdit } from "../session-index/splice-edit.ts";
import { spliceIndex } from "../session-index/splice-index.ts";
import { openStorePlace } from "../snapshot/store-place.ts";
import { StoreError } from "../store-error.ts";
import { readStore } from "./read-store.ts";
import { requireWritableEra, type StoreAccess } from "./store-access.ts";
import { inTurn } from "./turns.ts";

/**
 * Writes a change of rows by compare-and-swap, under the lock of the store.
 * @param changeFor says what is to change in the index as it is; called again if another program wrote it meanwhile
 * @returns the index that was written, or that is there if nothing changed
 * @throws StoreError E_SQLITE_ERA, E_NOT_FOUND, E_CORRUPT_INDEX, E_LOCKED, E_STALE_PLAN, E_IO; E_REFUSED for a row that could
 * not be read again; and what `changeFor` throws
 */
export async function commitSessions(
  access: StoreAccess,
  changeFor: (present: IndexDocument) => IndexChange,
): Promise<IndexDocument> {
  const { host, target, lockTimeoutMs, held } = access;
  requireWritableEra(access);
  // Tells a store that is not there from one that has lost its index.
  if (host.fs.lstat(target.indexPath) === undefined) readStore(access);
  const { realDir, indexName } = openStorePlace(host.fs, target);
  const indexPath = join(realDir, indexName);
  let written: IndexDocument | undefined;
  const edit = (present: IndexDocument): readonly SpliceEdit[] => {
    const change = changeFor(present);
    const edits = indexEdits(present, change);
    written = edits.length === 0 ? present : documentAfter(indexPath, { present, edits, change });
    return edits;
  };
  const commit = () => commitIndex(host, { realDir, indexPath, edit, lockTimeoutMs, held });
  await (held === undefined ? inTurn(host, { realDir, timeoutMs: lockTimeoutMs }, commit) : commit());
  if (written === undefined) throw new Error("a commit that made no edits");
  return written;
}

interface Edited {
  readonly present: IndexDocument;
  readonly edits: readonly SpliceEdit[];
  readonly change: IndexChange;
}

/** Reads the index as it is about to be written: what could not be read again is never written. */
function documentAfter(indexPath: string, { present, edits, change }: Edited): IndexDocument {
  const scan = scanIndex(Buffer.concat(spliceIndex(present.bytes, edits)), indexPath);
  if (!scan.readable) throw new Error(`edits that break the index: ${scan.failure.problem}`);
  const rows = lastRowsByKey(scan.document);
  const { replace = new Map<string, unknown>(), insert = [] } = change;
  for (const key of [...replace.keys(), ...insert.map((row) => row.key)]) {
    if (rows.get(key)?.understood !== true) throw notReadable(indexPath, key);
  }
  return scan.document;
}

function notReadable(path: string, key: string): StoreError {
  return new StoreError(
    "E_REFUSED",
    `The row ${JSON.stringify(key)} of ${path} could not be read again as it would be written. Nothing was changed.`,
    {
      hint: "A key may have 1,024 bytes, a row 64 MiB and 256 levels, and no text half of a surrogate pair.",
      details: { path, key },
    },
  );
}
