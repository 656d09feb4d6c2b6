import type { Recipes } from "../plan/recipe.ts";
import { discardOperation } from "./discard-operation.ts";
import { StoreError } from "../store-error.ts";
import type { EngineHost } from "./engine-host.ts";
import { healJournal } from "./journal.ts";
import { operationError } from "./operation-error.ts";
import { openOperationIds, unmarkOpen } from "./open-operations.ts";
import { type OperationPart, operationPart } from "./operation-part.ts";
import { operationPaths } from "./operation-paths.ts";
import { ownRecipes } from "./packed-file.ts";
import { isUnfinished, readOperation, type StoredOperation } from "./read-operation.ts";
import { hasSwitched, rollBackOperation, runOperation } from "./run-operation.ts";
import type { HeldLock } from "./store-lock.ts";
import { withLocks } from "./with-locks.ts";

/** What became of an interrupted operation. */
export interface RecoveredOperation {
  readonly id: string;
  /** `discarded`: it had not got as far as to say what it wanted. */
  readonly outcome: "finished" | "rolled-back" | "discarded";
  readonly warnings: readonly string[];
}

/** What a recovery may use. */
export interface RecoverOptions {
  /** The recipes that an interrupted operation may have named. */
  readonly recipes?: Recipes;
  readonly lockTimeoutMs: number;
}

/**
 * Finishes or takes back every interrupted operation on a store, oldest first: back if nothing was switched, else forward.
 * Run again after a crash it goes on where it was. Does nothing, and takes no lock, if there is none.
 * @param realDir the sessions directory with links resolved
 * @throws StoreError E_JOURNAL_PENDING, E_LOCKED; E_IO for what the file system refuses
 */
export async function recoverStore(
  host: EngineHost,
  realDir: string,
  options: RecoverOptions,
): Promise<readonly RecoveredOperation[]> {
  try {
    return await recoverAll(host, realDir, options);
  } catch (error) {
    throw operationError(error, "untouched");
  }
}

async function recoverAll(
  host: EngineHost,
  realDir: string,
  options: RecoverOptions,
): Promise<readonly RecoveredOperation[]> {
  const recovered: RecoveredOperation[] = [];
  for (const id of openOperationIds(host.fs, realDir)) {
    const dirs = readOperation(host.fs, realDir, id).record?.begin.parts ?? [realDir];
    // oxlint-disable-next-line no-await-in-loop -- a later operation may build on an earlier one
    const one = await withLocks(host, { dirs, timeoutMs: options.lockTimeoutMs }, (locks) =>
      recoverOperation(host, {
        id,
        dirs,
        locks,
        recipes: new Map([...ownRecipes, ...(options.recipes ?? [])]),
      }),
    ).catch((error: unknown) => {
      throw operationError(error, "pending");
    });
    if (one !== undefined) recovered.push(one);
  }
  return recovered;
}

interface Interrupted {
  readonly id: string;
  readonly dirs: readonly string[];
  readonly locks: readonly HeldLock[];
  readonly recipes: Recipes;
}

/** Works under the locks of all parts; another process may have finished the operation before they were ours. */
async function recoverOperation(
  host: EngineHost,
  interrupted: Interrupted,
): Promise<RecoveredOperation | undefined> {
  const recovered = await recoverParts(host, interrupted);
  for (const realDir of interrupted.dirs) unmarkOpen(host.fs, { realDir, id: interrupted.id });
  return recovered;
}

async function recoverParts(
  host: EngineHost,
  { id, dirs, locks, recipes }: Interrupted,
): Promise<RecoveredOperation | undefined> {
  const stored = dirs.map((dir) => readOperation(host.fs, dir, id));
  if (!stored.some(isUnfinished)) return undefined;
  for (const operation of stored) requireNoCopy(host, operation);
  for (const { realDir, journal } of stored) {
    if (journal !== undefined) healJournal(host.fs, operationPaths(realDir, id).journal, journal);
  }
  for (const { realDir, record } of stored)
    if (record === undefined) discardOperation(host.fs, operationPaths(realDir, id));
  const parts = stored.flatMap((operation) => openPart(host, operation, recipes));
  const goesBack = mustGoBack(stored, parts);
  if (goesBack) rollBackOperation(parts);
  else await runOperation(parts, { locks });
  const warnings = parts.flatMap((part) => part.context.warnings);
  if (parts.length === 0) return { id, outcome: "discarded", warnings };
  return { id, outcome: goesBack ? "rolled-back" : "finished", warnings };
}

/** In a copy no file is the one that the journal knows; in a store that was moved each is. */
function requireNoCopy({ fs }: EngineHost, { id, realDir, record }: StoredOperation): void {
  const indexBefore = record?.begin.indexBefore;
  if (record?.formerDir === undefined || indexBefore === null || indexBefore === undefined) return;
  const kept = fs.lstat(operationPaths(realDir, id).indexBefore) ?? fs.lstat(record.begin.indexPath);
  if (String(kept?.ino) === indexBefore.ino) return;
  throw new StoreError(
    "E_JOURNAL_PENDING",
    `Operation ${id} was interrupted before ${realDir} was copied from ${record.formerDir}. Nothing was changed.`,
    {
      hint: "Run `sessionsmith recover` on the original and copy it again. Without the original, move the folder of the operation, and its name in .sessionsmith/open, away to go on without it.",
      details: { operation: id, path: realDir, from: record.formerDir },
    },
  );
}

function openPart(host: EngineHost, { record }: StoredOperation, recipes: Recipes): readonly OperationPart[] {
  if (record === undefined || record.end !== undefined) return [];
  const { begin, steps, staged } = record;
  return [operationPart({ host, begin, steps, staged, recipes, isRecovery: true })];
}

/**
 * Back if going back has begun; if the intent is not whole in every store, new content is not made yet, or there is a switch, and
 * it has not happened.
 * An operation that only moves files goes forward: what it has moved already is not told from what it has not.
 */
function mustGoBack(stored: readonly StoredOperation[], parts: readonly OperationPart[]): boolean {
  const states = new Set(stored.map(({ record }) => record?.state ?? "begun"));
  if (states.has("done")) return false;
  if (states.has("rolling-back") || states.has("rolled-back")) return true;
  if (hasSwitched(parts)) return false;
  return states.has("begun") || parts.some(hasSwitch) || parts.some(isUnprepared);
}

/** New content is made before anything is switched or retired: as long as some is not, nothing was. */
function isUnprepared({ steps, context }: OperationPart): boolean {
  return steps.some(
    (step, n) => (step.kind === "write-file" || step.kind === "write-output") && !context.staged.has(n),
  );
}

function hasSwitch({ steps }: OperationPart): boolean {
  return steps.some(
    (step) =>
      step.kind === "write-index" ||
      step.kind === "set-mode" ||
      (step.kind === "write-file" && step.replaces !== null),
  );
}
