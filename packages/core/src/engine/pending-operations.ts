import type { WriteFs } from "../disk/write-fs.ts";
import { hasLostEnd, lostEndOf } from "./lost-journal.ts";
import { lookAtStore } from "./operation-error.ts";
import { isUnfinished, readOperations, type StoredOperation } from "./read-operation.ts";

/** An operation whose journal has no end. */
export interface PendingOperation {
  readonly id: string;
  /** Undefined if the journal does not tell even that. */
  readonly command: string | undefined;
  /**
   * `interrupted`: it is not over, and the next command that writes finishes it or takes it back. `end-lost`: it is over, and `recover`
   * writes the end of its journal anew. `journal-lost`: it is over, and the journal does not tell how.
   */
  readonly trouble: "interrupted" | "end-lost" | "journal-lost";
}

/**
 * The operations of one store that a recovery would have to do with, newest first.
 * @throws StoreError E_JOURNAL_PENDING for a journal that can't be understood; E_IO
 */
export function pendingOperations(fs: WriteFs, realDir: string): readonly PendingOperation[] {
  const unfinished = lookAtStore(() => readOperations(fs, realDir)).filter(isUnfinished);
  return unfinished.toReversed().map((stored) => ({
    id: stored.id,
    command: stored.record?.begin.command,
    trouble: lookAtStore(() => troubleOf(fs, stored)),
  }));
}

function troubleOf(fs: WriteFs, stored: StoredOperation): PendingOperation["trouble"] {
  if (!hasLostEnd(fs, stored)) return "interrupted";
  return lostEndOf(stored) === undefined ? "journal-lost" : "end-lost";
}
