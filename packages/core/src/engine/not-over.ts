import type { WriteFs } from "../disk/write-fs.ts";
import { StoreError } from "../store-error.ts";
import { hasLostEnd, lostEndOf, lostJournal } from "./lost-journal.ts";
import type { StoredOperation } from "./read-operation.ts";

/** Why an operation that is not over can't be taken back or purged, and what helps. */
export function notOver(fs: WriteFs, stored: StoredOperation): StoreError {
  const { id } = stored;
  if (hasLostEnd(fs, stored) && lostEndOf(stored) === undefined) return lostJournal(stored);
  return new StoreError(
    "E_REFUSED",
    `Operation ${id} was interrupted and is not over. Nothing was changed.`,
    {
      hint: "Run `sessionsmith recover` first.",
      details: { operation: id },
    },
  );
}
