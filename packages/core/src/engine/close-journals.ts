import type { EngineHost } from "./engine-host.ts";
import type { EndRecord } from "./journal-record.ts";
import { appendJournal, healJournal } from "./journal.ts";
import { hasLostEnd, lostEndOf, lostJournal } from "./lost-journal.ts";
import { operationError } from "./operation-error.ts";
import { openDir, operationPaths } from "./operation-paths.ts";
import { readOperation, readOperations, type StoredOperation } from "./read-operation.ts";
import type { RecoveredOperation, RecoverOptions } from "./recover.ts";
import { withLocks } from "./with-locks.ts";

const lostEnd = "the end of its journal was lost, and was written again";

/**
 * Writes the end anew of journals that have lost it, as a copy that was cut off may. Reads the journal of every operation; takes no lock if all are whole.
 * @param realDir the sessions directory with links resolved
 * @throws StoreError E_JOURNAL_PENDING for a journal that has lost more than its end; E_LOCKED; E_IO
 */
export async function closeJournals(
  host: EngineHost,
  realDir: string,
  { lockTimeoutMs: timeoutMs }: Pick<RecoverOptions, "lockTimeoutMs">,
): Promise<readonly RecoveredOperation[]> {
  try {
    if (endless(host, realDir).length === 0) return [];
    return await withLocks(host, { dirs: [realDir], timeoutMs }, () =>
      endless(host, realDir).map(({ id }) => closeJournal(host, readOperation(host.fs, realDir, id))),
    );
  } catch (error) {
    throw operationError(error, "untouched");
  }
}

function endless({ fs }: EngineHost, realDir: string): readonly StoredOperation[] {
  if (fs.lstat(openDir(realDir)) === undefined) return [];
  return readOperations(fs, realDir).filter((stored) => hasLostEnd(fs, stored));
}

function closeJournal(host: EngineHost, stored: StoredOperation): RecoveredOperation {
  const { id, realDir, journal } = stored;
  const { journal: path } = operationPaths(realDir, id);
  const state = lostEndOf(stored);
  if (journal === undefined || state === undefined) throw lostJournal(stored);
  healJournal(host.fs, path, journal);
  const end: EndRecord = { type: "end", state, endedAt: host.clock.now(), warnings: [lostEnd] };
  appendJournal(host.fs, path, [end]);
  return { id, outcome: state === "done" ? "finished" : "rolled-back", warnings: [lostEnd] };
}
