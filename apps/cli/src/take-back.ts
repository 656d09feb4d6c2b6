import { requireJsonEra, stateIndexPaths, StoreError, surveyStore } from "@sessionsmith/core";
import type { Plan, Recipes, StoreSurvey } from "@sessionsmith/core";
import type {
  ApplyOutcome,
  EngineHost,
  PlannedUndo,
  UndoConflict,
  UndoOrder,
} from "@sessionsmith/core/engine";
import { applyWithProgress } from "./apply-with-progress.ts";
import type { ChosenStores } from "./choose-stores.ts";
import type { FoundOperation } from "./find-operation.ts";
import type { CliIo } from "./io.ts";
import type { OutputView } from "./output-view.ts";
import { recoverFirst, tellRecovered } from "./recover-first.ts";
import { requireNoGateway } from "./require-no-gateway.ts";
import { targetAt } from "./target-at.ts";

/** How an operation is taken back. */
export interface WayBack {
  readonly chosen: ChosenStores;
  readonly engine: EngineHost;
  readonly io: CliIo;
  readonly view: OutputView;
  readonly found: FoundOperation;
  /** Makes the plan, anew each time. */
  readonly planBack: (engine: EngineHost, order: UndoOrder) => PlannedUndo;
  readonly skipConflicts: boolean;
  readonly dryRun: boolean;
  /** Makes what the way back needs of encrypted files; asked for the key only if there are any. */
  readonly recipes: Recipes;
}

/** What was taken back, or would be, and what not. */
export interface TakenBack {
  /** Undefined for a preview, or if there was nothing to do. */
  readonly applied: ApplyOutcome | undefined;
  readonly plan: Plan;
  readonly conflicts: readonly UndoConflict[];
}

/**
 * Takes an operation back, wholly or in part, in all the stores that it changed.
 * @throws StoreError E_REFUSED if there are conflicts that the operator did not say to skip; E_LOCKED if a gateway is running;
 * E_SQLITE_ERA; as `planUndoOf` and `applyPlan` do
 */
export async function takeBack(way: WayBack): Promise<TakenBack> {
  const { chosen, engine, found, io } = way;
  requireJsonEra(chosen.host, found.target);
  if (!way.dryRun) await recoverFirst(engine, found.realDir, io);
  let planned = planOnce(way);
  for (const { store } of planned.plan.parts) requireJsonEra(chosen.host, targetAt(chosen, store));
  if (way.dryRun || isIdle(planned.plan)) return { ...planned, applied: undefined };
  await requireUnused(planned.plan, way);
  const replan = () => {
    planned = planOnce(way);
    return planned.plan;
  };
  const applied = await io.interruptible((signal) =>
    applyWithProgress(engine, planned.plan, {
      io,
      view: way.view,
      what: "taking back",
      replan,
      signal,
      recipes: way.recipes,
    }),
  );
  tellRecovered(applied.recovered, io);
  return { ...planned, applied };
}

function planOnce({ chosen, engine, found, planBack, skipConflicts, dryRun }: WayBack): PlannedUndo {
  const { realDir, operation } = found;
  const order = { realDir, operationId: operation.id, otherIndexPaths: stateIndexPaths(engine, chosen) };
  const planned = planBack(engine, order);
  if (planned.conflicts.length > 0 && !skipConflicts && !dryRun)
    throw conflicting(operation.id, planned.conflicts);
  return planned;
}

/** True if a plan would only write into the ledger: everything is as it was already. */
function isIdle({ parts }: Plan): boolean {
  return parts.every(({ steps }) => steps.every(({ kind }) => kind === "append-record"));
}

async function requireUnused({ parts }: Plan, { chosen, io }: WayBack): Promise<void> {
  for (const { store } of parts) {
    const target = targetAt(chosen, store);
    // What an undo brought back may be an index that can't be read.
    const snapshot = surveyStore(chosen.host, target, { nowMs: chosen.now });
    // oxlint-disable-next-line no-await-in-loop -- the first gateway ends it
    await requireNoGateway(snapshot, { ...chosen, io }, "Stop the gateway, then run the command again.");
    requireUnlocked(snapshot, parts);
  }
}

/** Whoever holds the lock of a transcript would go on writing into the file that is taken away. */
function requireUnlocked({ heldLocks, target }: StoreSurvey, parts: Plan["parts"]): void {
  const steps = parts.flatMap((part) => (part.store.indexPath === target.indexPath ? [...part.steps] : []));
  const names = steps.flatMap((step) =>
    step.kind === "move-file" ? [step.from] : step.kind === "write-file" ? [step.name] : [],
  );
  const held = names.find((name) => heldLocks.has(`${name}.lock`));
  if (held === undefined) return;
  throw new StoreError("E_LOCKED", `A process works on ${held}. Nothing was changed.`, {
    hint: "Wait until it has finished, and try again.",
    details: { path: target.indexPath, name: held },
  });
}

function conflicting(id: string, conflicts: readonly UndoConflict[]): StoreError {
  const shown = conflicts.slice(0, 10).map(conflictText);
  const rest = conflicts.length > 10 ? `, and ${conflicts.length - 10} more` : "";
  return new StoreError(
    "E_REFUSED",
    `Operation ${id} can't be taken back wholly: ${shown.join(", ")}${rest}. Nothing was changed.`,
    {
      hint: "Add --skip-conflicts to take back the rest.",
      details: { operation: id, conflicts: conflicts.map((conflict) => ({ ...conflict })) },
    },
  );
}

/** One thing that can't be taken back, and why. */
export function conflictText(conflict: UndoConflict): string {
  const name = conflict.kind === "row" ? `session ${conflict.key}` : `file ${conflict.path}`;
  return `${name} (${conflictWords[conflict.why]})`;
}

const conflictWords = {
  "changed-since": "changed since",
  taken: "its place is taken",
  gone: "gone",
  "label-taken": "another session has its label now",
  "transcript-stays": "its transcript stays as it is",
  "session-stays": "its session stays as it is",
} as const;
