import type { Plan } from "../plan/plan.ts";
import { isStoreError, StoreError } from "../store-error.ts";
import { beginOperation } from "./begin-operation.ts";
import { ownRecipes } from "./packed-file.ts";
import type { Recipes } from "../plan/recipe.ts";
import type { EngineHost } from "./engine-host.ts";
import { createPlannedStores } from "./create-planned-stores.ts";
import { tellMadeStores } from "./tell-made-stores.ts";
import { waitForForeignWriter } from "./foreign-writer.ts";
import type { RecoveredOperation } from "./recover.ts";
import { sweepNewIndexTemps } from "./new-index-temps.ts";
import { operationError } from "./operation-error.ts";
import { type OperationProgress, runOperation } from "./run-operation.ts";
import { stalePlan } from "./stale-plan.ts";
import { sweepIndexTemps } from "./sweep-index-temps.ts";
import { withSoundStores } from "./with-sound-stores.ts";

/** How a plan is applied. */
export interface ApplyOptions {
  /** Pure functions that the plan names as sources of new content. */
  readonly recipes?: Recipes;
  /**
   * Makes the plan again when the store changed meanwhile, or an interrupted operation was finished or taken back first; without
   * it a changed store is E_STALE_PLAN at once.
   */
  readonly replan?: () => Plan;
  /** Makes the stores of the plan that are not there yet, empty; without it a plan for one of them is E_STALE_PLAN. */
  readonly create?: boolean;
  /** Ends the work between two steps; takes effect as long as nothing has been switched. */
  readonly signal?: AbortSignal;
  /** Told now and then how far the operation is; a short one says nothing. */
  readonly onProgress?: (progress: OperationProgress) => void;
  /** How long to wait for the lock of each store. */
  readonly lockTimeoutMs?: number;
}

/** What an apply did. */
export interface ApplyOutcome {
  /** `undefined` if the plan changes nothing. */
  readonly operationId: string | undefined;
  /** The plan that was carried out: the given one, or the last that was made again, with the identities of stores that were made. */
  readonly plan: Plan;
  /** What stayed as it was after the switch, one sentence each. */
  readonly warnings: readonly string[];
  /** Interrupted operations that were finished or taken back first. */
  readonly recovered: readonly RecoveredOperation[];
}

const mostTries = 5;
const defaultLockTimeoutMs = 10_000;

/**
 * Carries out exactly the plan, as one operation that can be undone: intent on stable storage, new content, switch,
 * retirement, end. Interrupted operations on the same stores are finished or taken back first.
 * @throws StoreError E_REFUSED if a guard holds the plan back; E_STALE_PLAN if the store is not as planned (after 5 tries
 * with `replan`); E_LOCKED, E_LOCK_LOST, E_JOURNAL_PENDING, E_INTERRUPTED; E_IO for what the file system refuses
 */
export async function applyPlan(
  host: EngineHost,
  plan: Plan,
  options: ApplyOptions = {},
): Promise<ApplyOutcome> {
  const recovered: RecoveredOperation[] = [];
  const made: string[] = [];
  try {
    const applied = await applyInTries(host, plan, { ...options, recovered, made });
    return { ...applied, recovered };
  } catch (error) {
    throw tellMadeStores(error, made);
  }
}

/** Takes down what is recovered on the way, and the indexes of stores that are made. */
type OnceOptions = ApplyOptions & { readonly recovered: RecoveredOperation[]; readonly made: string[] };

async function applyInTries(
  host: EngineHost,
  plan: Plan,
  options: OnceOptions,
): Promise<Omit<ApplyOutcome, "recovered">> {
  let current = plan;
  for (let attempt = 1; ; attempt += 1) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one try after the other
      return await applyOnce(host, current, options);
    } catch (error) {
      const isStale = isStoreError(error) && error.code === "E_STALE_PLAN";
      if (!isStale || options.replan === undefined || attempt === mostTries) throw error;
      current = options.replan();
    }
  }
}

async function applyOnce(
  host: EngineHost,
  plan: Plan,
  options: OnceOptions,
): Promise<Omit<ApplyOutcome, "recovered">> {
  const blocked = plan.parts.find((part) => part.blockedBy.length > 0);
  if (blocked !== undefined) throw heldBack(blocked.store.indexPath, blocked.blockedBy);
  const dirs = plan.parts.filter((part) => part.steps.length > 0).map((part) => part.store.realDir);
  if (dirs.length === 0) return { operationId: undefined, plan, warnings: [] };
  const there = options.create === true ? createPlannedStores(host, plan, options.made) : plan;
  try {
    return await applySteps(host, there, { ...options, dirs });
  } catch (error) {
    throw operationError(error, "untouched");
  }
}

async function applySteps(
  host: EngineHost,
  plan: Plan,
  { dirs, ...options }: OnceOptions & { readonly dirs: readonly string[] },
): Promise<Omit<ApplyOutcome, "recovered">> {
  const timeoutMs = options.lockTimeoutMs ?? defaultLockTimeoutMs;
  const recipes = new Map([...ownRecipes, ...(options.recipes ?? [])]);
  const known = options.recovered.length;
  const onRecovered = (one: RecoveredOperation) => options.recovered.push(one);
  return withSoundStores(host, { dirs, timeoutMs, recipes, onRecovered }, async (locks) => {
    // What the plan took for there may have been taken back just now.
    if (options.recovered.length > known && options.replan !== undefined) throw stalePlan(dirs[0] ?? "");
    const listed = new Map<string, readonly string[]>();
    for (const { store, steps } of plan.parts) {
      // oxlint-disable-next-line no-await-in-loop -- one store after the other
      const { names, temps } = await waitForForeignWriter(host, store.realDir, store.indexPath);
      listed.set(store.realDir, names);
      // One that the plan keeps in the trash is not swept away.
      const isMoved = (name: string) => steps.some((step) => step.kind === "move-file" && step.from === name);
      const unplanned = temps.filter(({ name }) => !isMoved(name));
      sweepIndexTemps(host.fs, store.realDir, unplanned);
      sweepNewIndexTemps(host.fs, store.indexPath);
    }
    const parts = beginOperation(host, plan, { recipes, listed });
    await runOperation(parts, { locks, signal: options.signal, onProgress: options.onProgress });
    const warnings = parts.flatMap((part) => part.context.warnings);
    return { operationId: parts[0]?.context.operationId, plan, warnings };
  });
}

function heldBack(indexPath: string, guards: readonly string[]): StoreError {
  return new StoreError(
    "E_REFUSED",
    `The plan for ${indexPath} is held back (${guards.join(", ")}). Nothing was changed.`,
    {
      hint: `Look at the preview; if it is what you want, add ${guards.map((guard) => `--allow-${guard}`).join(" ")}.`,
      details: { path: indexPath, blockedBy: [...guards] },
    },
  );
}
