import { StoreError } from "../store-error.ts";
import type { EngineHost } from "./engine-host.ts";
import type { EndRecord } from "./journal-record.ts";
import { appendJournal, healJournal } from "./journal.ts";
import { operationError } from "./operation-error.ts";
import { openDir, operationPaths } from "./operation-paths.ts";
import { isUnfinished, readOperation, readOperations, type StoredOperation } from "./read-operation.ts";
import type { OperationRecord } from "./operation-state.ts";
import type { RecoveredOperation, RecoverOptions } from "./recover.ts";
import { withLocks } from "./with-locks.ts";

const lostEnd = "the end of its journal was lost, and was written again";

/**
 * Writes the end anew of journals that have lost it, as a copy that was cut off may. An operation is over if nothing notes that it is open:
 * the note goes only when the end is on stable storage. Reads the journal of every operation; takes no lock if all are whole.
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

/** Where nothing is noted at all, nobody knows which operations are over. */
function endless({ fs }: EngineHost, realDir: string): readonly StoredOperation[] {
  const marked = fs.readdir(openDir(realDir));
  if (marked === undefined) return [];
  const isOpen = new Set(marked);
  return readOperations(fs, realDir).filter(
    (stored) => stored.journal !== undefined && isUnfinished(stored) && !isOpen.has(stored.id),
  );
}

function closeJournal(
  host: EngineHost,
  { id, realDir, journal, record }: StoredOperation,
): RecoveredOperation {
  const { dir, journal: path } = operationPaths(realDir, id);
  const state = endOf(record?.state);
  if (journal === undefined || state === undefined)
    throw new StoreError(
      "E_JOURNAL_PENDING",
      `The journal ${path} has lost more than its end. Nothing was changed.`,
      {
        hint: `What the operation retired lies in ${dir}. Copy the sessions directory, then move that folder away to go on without it.`,
        details: { path, operation: id },
      },
    );
  healJournal(host.fs, path, journal);
  const end: EndRecord = { type: "end", state, endedAt: host.clock.now(), warnings: [lostEnd] };
  appendJournal(host.fs, path, [end]);
  return { id, outcome: state === "done" ? "finished" : "rolled-back", warnings: [lostEnd] };
}

/** How an operation ended that is over, by the last thing that its journal says. */
function endOf(state: OperationRecord["state"] | undefined): EndRecord["state"] | undefined {
  if (state === "pending") return "done";
  return state === "rolling-back" ? "rolled-back" : undefined;
}
