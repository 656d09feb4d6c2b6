import { noInode, type Plan, type PlanPart } from "../plan/plan.ts";
import type { Sequence } from "../sequence.ts";
import type { Recipes } from "../plan/recipe.ts";
import { discardOperation } from "./discard-operation.ts";
import type { EngineHost } from "./engine-host.ts";
import { createJournal } from "./journal.ts";
import type { BeginRecord, JournalRecord } from "./journal-record.ts";
import { journalSchemaVersion } from "./journal-record.ts";
import { requireExpectedIndex } from "./expected-index.ts";
import type { JournaledStep } from "../plan/journaled-step.ts";
import { makeOwnDir } from "./make-own-dir.ts";
import { markOpen, unmarkOpen } from "./open-operations.ts";
import { operationError } from "./operation-error.ts";
import { makeOperationId } from "./operation-id.ts";
import { type OperationPart, operationPart } from "./operation-part.ts";
import { operationsDir } from "./operation-paths.ts";
import { resolveSteps } from "./resolve-steps.ts";
import { runStep } from "./run-step.ts";

/** What an operation begins with beside its plan. */
export interface Beginning {
  readonly recipes: Recipes;
  /** The names in each sessions directory of the plan, as they were just now. */
  readonly listed: ReadonlyMap<string, readonly string[]>;
}

/**
 * Checks every step of a plan against the disk, and then writes the intent: a folder and a synced journal in every store.
 * Parts without steps are left out. Nothing that a reader of a store looks at is touched.
 * @throws StoreError E_STALE_PLAN if a file is not as planned; E_REFUSED, E_IO; Node's errors of the checks
 */
export function beginOperation(
  host: EngineHost,
  plan: Plan,
  { recipes, listed }: Beginning,
): readonly OperationPart[] {
  const operationId = makeOperationId(host);
  const startedAt = host.clock.now();
  const planned = plan.parts.filter((part) => part.steps.length > 0);
  const dirs = planned.map((part) => part.store.realDir);
  const parts = planned.map((part, n) => {
    const names = listed.get(part.store.realDir) ?? [];
    const steps = resolveSteps(part, { operationId, startedAt, names });
    const begin: BeginRecord = {
      type: "begin",
      schemaVersion: journalSchemaVersion,
      operationId,
      command: plan.command,
      startedAt,
      planDigest: plan.digest,
      policy: plan.policy,
      parts: dirs,
      part: n,
      agentId: part.store.agentId,
      indexPath: part.store.indexPath,
      indexBefore: isAbsent(part.store) ? null : part.store.index,
      summary: summaryOf(part),
    };
    return { begin, part: operationPart({ host, begin, steps, recipes }) };
  });
  for (const { part } of parts) checkSteps(part);
  try {
    for (const { begin, part } of parts) writeIntent(part, begin);
  } catch (error) {
    throw takenBack(
      host,
      parts.map(({ part }) => part),
      error,
    );
  }
  return parts.map(({ part }) => part);
}

/** A plan for a store that is missing as a whole is made again when it is there, and never gets here. */
function isAbsent({ index }: PlanPart["store"]): boolean {
  return index.ino === noInode && index.size === 0;
}

/** That no row needs a file was told by the index of the plan, so nothing retires under another one. */
function checkSteps({ context, steps }: OperationPart): void {
  let retires = false;
  for (const [n, step] of steps.entries()) {
    if (!retires && step.kind === "move-file" && step.phase === "retire") {
      retires = true;
      requireExpectedIndex(context);
    }
    runStep("check", step, { context, n });
  }
}

function writeIntent({ context, steps }: OperationPart, begin: BeginRecord): void {
  const { host, owner, paths, realDir } = context;
  const operations = operationsDir(realDir);
  markOpen(host.fs, { realDir, id: context.operationId }, owner);
  for (const dir of [operations, paths.dir, paths.files]) makeOwnDir(host.fs, dir, owner);
  createJournal(host.fs, paths.journal, { records: intentRecords(begin, steps), owner });
  host.fs.syncDir(paths.dir);
}

/** An intent that stays would be carried out by the next recovery, so it goes; if it can't, the operation is pending. */
function takenBack({ fs }: EngineHost, parts: readonly OperationPart[], error: unknown): unknown {
  try {
    for (const { context } of parts) {
      discardOperation(fs, context.paths);
      unmarkOpen(fs, { realDir: context.realDir, id: context.operationId });
    }
  } catch {
    return operationError(error, "pending");
  }
  return operationError(error, "untouched");
}

function* intentRecords(begin: BeginRecord, steps: Sequence<JournaledStep>): Generator<JournalRecord, void> {
  yield begin;
  for (const [n, step] of steps.entries()) yield { type: "step", n, step };
  yield { type: "ready" };
}

function summaryOf(part: PlanPart): BeginRecord["summary"] {
  let [rows, files, bytes] = [0, 0, 0];
  for (const { action, change } of part.rows) if (action !== "keep" || change !== undefined) rows += 1;
  for (const { action, size } of part.files) {
    if (action === "keep") continue;
    files += 1;
    bytes += size;
  }
  return { rows, files, bytes };
}
