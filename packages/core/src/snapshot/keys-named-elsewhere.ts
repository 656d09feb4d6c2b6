import type { ReadFs } from "../disk/read-fs.ts";
import { referencedKeys } from "../model/key-references.ts";
import { parseRow } from "../session-index/parse-row.ts";
import { readOtherIndexes } from "./read-other-indexes.ts";
import type { StoreSnapshot } from "./store-snapshot.ts";

/**
 * The session keys that rows of other indexes name, as they are spelled there: a sub-agent of another agent names the session
 * that started it. Parses every row of these indexes. Indexes that can't be read are noted by `protectSharedFiles`.
 * @param otherIndexPaths absolute paths of the indexes of the other stores; the snapshot's own is skipped
 */
export function keysNamedElsewhere(
  fs: ReadFs,
  snapshot: StoreSnapshot,
  otherIndexPaths: readonly string[],
): ReadonlySet<string> {
  const { indexes } = readOtherIndexes(fs, snapshot, otherIndexPaths);
  const entries = indexes.flatMap(({ document }) =>
    document.rows.map((row) => parseRow(document, row) ?? {}),
  );
  return new Set(entries.flatMap((entry) => [...referencedKeys(entry)]));
}
