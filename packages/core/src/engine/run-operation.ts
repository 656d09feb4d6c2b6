import { StoreError } from "../store-error.ts";
import { appendJournal } from "./journal.ts";
import type { EndRecord } from "./journal-record.ts";
import { operationError } from "./operation-error.ts";
import { unmarkOpen } from "./open-operations.ts";
import type { OperationPart } from "./operation-part.ts";
import { beginSync, journalBatch, settleSync } from "./restage.ts";
import { isStepCommitted, runStep, type StepAction } from "./run-step.ts";
import type { HeldLock } from "./store-lock.ts";

/** How far an operation is. */
export interface OperationProgress {
  /** Pieces of work done, of all its steps and phases. */
  readonly done: number;
  readonly total: number;
}

/** How the phases of an operation are watched over. */
export interface RunOptions {
  readonly locks: readonly HeldLock[];
  /** Ends the operation between two steps as long as nothing has been switched. */
  readonly signal?: AbortSignal | undefined;
  /** Told now and then how far the operation is. */
  readonly onProgress?: ((progress: OperationProgress) => void) | undefined;
}

/** The walks over all steps that take time, in their order. */
const walks: readonly StepAction[] = ["stage", "prepare", "retire", "release"];

/** Steps after which other work of this process, a signal above all, gets its turn. */
const stepsPerTurn = 256;

/** Steps after which the journal is told of what they made: until then it is held in memory. */
const stepsPerJournaling = 4096;

/** Steps after which what they made begins to be synced, while further steps are done. */
const stepsPerSync = 64;

/**
 * Takes an operation whose journals are complete through all its phases; run again after a crash it goes on where it was.
 * An error before the first switch takes everything back; after it the operation stays pending, for `recover` to finish.
 * @throws StoreError E_STALE_PLAN, E_LOCK_LOST, E_INTERRUPTED, E_IO
 */
export async function runOperation(parts: readonly OperationPart[], options: RunOptions): Promise<void> {
  try {
    await forEachStep("stage", parts, options);
    await forEachStep("prepare", parts, options);
    confirmLocks(options.locks);
    commit(parts);
  } catch (error) {
    await Promise.allSettled(parts.map(({ context }) => settleSync(context)));
    throw takenBack(parts, error);
  }
  try {
    const { locks, onProgress } = options;
    await forEachStep("retire", parts, { locks, onProgress });
    await forEachStep("release", parts, { locks, onProgress });
    endOperation(parts, "done");
  } catch (error) {
    throw operationError(error, "pending");
  }
}

/** Rolls back unless something has switched, and says so; what can't be rolled back, or not be told, is left to a recovery. */
function takenBack(parts: readonly OperationPart[], error: unknown): unknown {
  try {
    if (hasSwitched(parts)) return operationError(error, "pending");
    rollBackOperation(parts);
  } catch {
    return operationError(error, "pending");
  }
  return operationError(error, "taken-back");
}

/** Takes back what `stage` and `prepare` did, in reverse order, and closes the journals. */
export function rollBackOperation(parts: readonly OperationPart[]): void {
  for (const { context } of parts)
    appendJournal(context.host.fs, context.paths.journal, [{ type: "roll-back" }]);
  for (const part of parts.toReversed()) {
    for (const [n, step] of [...part.steps.entries()].toReversed())
      runStep("rollBack", step, { context: part.context, n });
    syncTouched(part);
  }
  endOperation(parts, "rolled-back");
}

/** Tells whether any step of the operation has changed what a reader of a store sees. */
export function hasSwitched(parts: readonly OperationPart[]): boolean {
  return parts.some(({ context, steps }) => steps.some((step, n) => isStepCommitted(step, context, n)));
}

async function forEachStep(
  action: StepAction,
  parts: readonly OperationPart[],
  options: RunOptions,
): Promise<void> {
  const steps = parts.reduce((sum, part) => sum + part.steps.length, 0);
  const before = walks.indexOf(action) * steps;
  let done = 0;
  for (const part of parts) {
    const { context } = part;
    for (const [n, step] of part.steps.entries()) {
      if (options.signal?.aborted === true) throw interrupted();
      for (const lock of options.locks) lock.assertHeld();
      runStep(action, step, { context, n });
      done += 1;
      // oxlint-disable-next-line no-await-in-loop -- batches follow one another by intent
      if (done % stepsPerSync === 0) await beginSync(context);
      // oxlint-disable-next-line no-await-in-loop -- batches follow one another by intent
      if (done % stepsPerJournaling === 0) await journalBatch(context);
      if (done % stepsPerTurn !== 0) continue;
      options.onProgress?.({ done: before + done, total: walks.length * steps });
      // oxlint-disable-next-line no-await-in-loop -- steps run one after another by intent
      await context.host.sleep(0);
    }
    // oxlint-disable-next-line no-await-in-loop -- parts follow one another by intent
    await journalBatch(context);
    syncTouched(part);
  }
}

function commit(parts: readonly OperationPart[]): void {
  for (const part of parts) {
    for (const [n, step] of part.steps.entries()) runStep("commit", step, { context: part.context, n });
    syncTouched(part);
  }
}

function confirmLocks(locks: readonly HeldLock[]): void {
  for (const lock of locks) lock.confirmHeld();
}

function endOperation(parts: readonly OperationPart[], state: EndRecord["state"]): void {
  for (const { context } of parts) {
    const { host, paths, warnings } = context;
    appendJournal(host.fs, paths.journal, [{ type: "end", state, endedAt: host.clock.now(), warnings }]);
  }
  for (const { context } of parts)
    unmarkOpen(context.host.fs, { realDir: context.realDir, id: context.operationId });
}

function syncTouched({ context }: OperationPart): void {
  const { fs } = context.host;
  // Of a directory that went again, or never got to the disk, the one above it keeps the names.
  for (const dir of context.touched) if (fs.lstat(dir) !== undefined) fs.syncDir(dir);
  context.touched.clear();
}

function interrupted(): StoreError {
  return new StoreError(
    "E_INTERRUPTED",
    "Interrupted. What had been prepared was taken back; nothing was changed.",
  );
}
