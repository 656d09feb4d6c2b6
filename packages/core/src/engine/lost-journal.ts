import type { WriteFs } from "../disk/write-fs.ts";
import { StoreError } from "../store-error.ts";
import type { EndRecord } from "./journal-record.ts";
import { openDir, operationPaths } from "./operation-paths.ts";
import { isUnfinished, type StoredOperation } from "./read-operation.ts";

/**
 * Tells of an operation whose journal has no end whether it is over all the same: nothing notes that it is open, and the note goes only
 * when the end is on stable storage. Where nothing is noted at all, nobody knows which operations are over.
 */
export function hasLostEnd(fs: WriteFs, stored: StoredOperation): boolean {
  if (stored.journal === undefined || !isUnfinished(stored)) return false;
  return fs.readdir(openDir(stored.realDir))?.includes(stored.id) === false;
}

/** How an operation ended that is over, by the last thing that its journal says; undefined if not even that is left. */
export function lostEndOf({ record }: StoredOperation): EndRecord["state"] | undefined {
  if (record?.state === "pending") return "done";
  return record?.state === "rolling-back" ? "rolled-back" : undefined;
}

/** Why nothing can be done with an operation that is over and whose journal does not tell how. */
export function lostJournal({ id, realDir }: StoredOperation): StoreError {
  const { dir, journal: path } = operationPaths(realDir, id);
  return new StoreError(
    "E_JOURNAL_PENDING",
    `The journal ${path} has lost more than its end. Nothing was changed.`,
    {
      hint: `What the operation retired lies in ${dir}. Copy the sessions directory, then move that folder away to go on without it.`,
      details: { path, operation: id },
    },
  );
}
