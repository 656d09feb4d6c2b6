import { type Plan, planUntilStable, type Recipes, type StoreSnapshot } from "@sessionsmith/core";
import { applyPlan, movedFiles, type RecoveredOperation, returnedKeys } from "@sessionsmith/core/engine";
import { type HistoryOutcome, recordHistory } from "../history/record-history.ts";
import type { HistorySink } from "../history/history-sink.ts";
import { composePlan } from "./compose-plan.ts";
import { requireIdle } from "./require-idle.ts";
import type { SessionsChange } from "./sessions-change.ts";
import type { StoreScope } from "./store-scope.ts";

/** How a change is carried out. */
export interface ChangeOptions {
  /** Only plan: nothing is written. */
  readonly dryRun?: boolean;
  /** Makes the store if it is not there. */
  readonly create?: boolean;
  /** Called with what the plan was made from before the first write; what it throws ends the work. */
  readonly guard?: (snapshot: StoreSnapshot) => Promise<void>;
  /**
   * True if a gateway may be running on the store. An order that may be carried out beside one is then not asked of the guard: it is
   * refused for a session that is in use, and the index is read again afterwards.
   */
  readonly whileRunning?: boolean;
  /** Who else is told of sessions that ended. */
  readonly sinks?: readonly HistorySink[];
  /** Ends the work between two steps; takes effect as long as nothing has been switched. */
  readonly signal?: AbortSignal;
  /** Pure functions that the change names as sources of new transcripts. */
  readonly recipes?: Recipes;
  /** How long to wait for the lock of the store, in ms. Default 10,000. */
  readonly lockTimeoutMs?: number;
}

/** An order, settled for the store as it is, and what the caller wants to know of it afterwards. */
export interface SettledChange<T> {
  readonly snapshot: StoreSnapshot;
  readonly change: SessionsChange;
  readonly about: T;
  /** True if it may be carried out beside a running gateway: it adds rows, takes some out or changes fields, and no more. */
  readonly besideGateway?: true;
  /** What stays as it is whatever is done, one sentence each. */
  readonly stays?: readonly string[];
}

/** What a change did, or would do. */
export interface AppliedChange<T> extends HistoryOutcome {
  readonly about: T;
  /** The plan that was carried out, of one part. */
  readonly plan: Plan;
  readonly dryRun: boolean;
  /** For `sessionsmith undo`; undefined if nothing was to be changed, or nothing was. */
  readonly operationId: string | undefined;
  /** Name of each file that left -> where it is now, absolute. */
  readonly moved: ReadonlyMap<string, string>;
  /** What stayed as it was after the switch, one sentence each. */
  readonly warnings: readonly string[];
  /** Interrupted operations that were finished or taken back first. */
  readonly recovered: readonly RecoveredOperation[];
}

/**
 * Carries an order out as one operation that survives a crash and can be undone.
 * @param settle looks at the store and says what is to be done; called again if another program wrote the index meanwhile
 * @throws what `settle` and `options.guard` throw; StoreError E_LOCKED (a session in use with `whileRunning` too), E_LOCK_LOST, E_STALE_PLAN, E_JOURNAL_PENDING, E_IO
 */
export async function applyChange<T>(
  { host }: Pick<StoreScope, "host">,
  settle: () => SettledChange<T>,
  options: ChangeOptions = {},
): Promise<AppliedChange<T>> {
  let settled = settle();
  const planNow = (): Plan => {
    const { snapshot, change } = settled;
    return planUntilStable(host.fs, snapshot, (one) => composePlan(one, change, host.clock.now())).plan;
  };
  const plan = planNow();
  if (options.dryRun === true) return { ...untouched, about: settled.about, plan, dryRun: true };
  const isBeside = options.whileRunning === true && settled.besideGateway === true;
  if (isBeside) requireIdle(settled.snapshot, plan);
  else if (plan.parts.some(({ steps }) => steps.length > 0)) await options.guard?.(settled.snapshot);
  const replan = (): Plan => {
    settled = settle();
    const again = planNow();
    if (isBeside) requireIdle(settled.snapshot, again);
    return again;
  };
  const { create = false, lockTimeoutMs, recipes, signal } = options;
  const outcome = await applyPlan(host, plan, {
    replan,
    create,
    ...(lockTimeoutMs === undefined ? {} : { lockTimeoutMs }),
    ...(signal === undefined ? {} : { signal }),
    ...(recipes === undefined ? {} : { recipes }),
  });
  const { operationId, warnings, recovered } = outcome;
  const { realDir } = settled.snapshot;
  const returned = isBeside ? outcome.plan.parts.flatMap((part) => returnedKeys(host.fs, part)) : [];
  return {
    about: settled.about,
    plan: outcome.plan,
    dryRun: false,
    operationId,
    moved: operationId === undefined ? new Map() : movedFiles(host.fs, realDir, operationId),
    warnings: [
      ...warnings,
      ...(settled.stays ?? []),
      ...filesThatStay(outcome.plan),
      ...returned.map((key) => `The gateway has written ${key} back as it was.`),
    ],
    recovered,
    ...(await recordHistory(host, { plan: outcome.plan, operationId, sinks: options.sinks ?? [] })),
  };
}

/** What a row let go of, but could not be moved; that another row needs a file is in order. */
function filesThatStay({ parts }: Plan): readonly string[] {
  const inOrder = new Set(["referenced-by-another-row", "referenced-elsewhere", "transcript-stays"]);
  return parts.flatMap(({ files }) =>
    files.flatMap(({ name, action, reasons }) =>
      action === "keep" && !reasons.some((reason) => inOrder.has(reason))
        ? [`${name} stays where it is (${reasons.join(", ")}).`]
        : [],
    ),
  );
}

const untouched = {
  operationId: undefined,
  moved: new Map<string, string>(),
  warnings: [],
  recovered: [],
  historyRecorded: false,
  sinks: [],
} as const;
