import { confirmGuards } from "@sessionsmith/core";
import type { PlanPart, StoreTarget } from "@sessionsmith/core";
import { nodeEngineHost, returnedKeys } from "@sessionsmith/core/engine";
import type { ApplyOutcome, EngineHost } from "@sessionsmith/core/engine";
import { cleanupReport, rescopeFindings } from "@sessionsmith/maintenance";
import type { CleanupOutcome } from "@sessionsmith/maintenance";
import { purgeForBudget } from "@sessionsmith/sessions/change";
import { applyWithProgress } from "../apply-with-progress.ts";
import type { ChosenStores } from "../choose-stores.ts";
import { forEachStore } from "../for-each-store.ts";
import type { StoreResult } from "../for-each-store.ts";
import type { CliIo } from "../io.ts";
import { cleanupPlanner } from "../plan-stores.ts";
import type { StorePlan } from "../plan-stores.ts";
import type { OutputView } from "../output-view.ts";
import { lockTimeoutMs, recoverFirst, tellRecovered } from "../recover-first.ts";
import { requireNoGateway, whileRunningHint } from "../require-no-gateway.ts";
import { heldBackMessages } from "../held-back.ts";
import type { CleanedStore } from "./cleaned-store.ts";
import type { CleanupOrder } from "./cleanup-order.ts";

/** What one run of cleanup works with. */
interface Run {
  readonly chosen: ChosenStores;
  readonly order: CleanupOrder;
  readonly io: CliIo;
  readonly view: OutputView;
  readonly engine: EngineHost;
  readonly signal: AbortSignal;
  readonly planOn: (target: StoreTarget) => StorePlan;
}

/** Cleans each store up, as one operation a store: a store that fails leaves the others alone. */
export function enforceCleanup(
  chosen: ChosenStores,
  order: CleanupOrder,
  { io, view }: { readonly io: CliIo; readonly view: OutputView },
): Promise<readonly StoreResult<CleanedStore>[]> {
  const engine = nodeEngineHost(chosen.host);
  const planOn = cleanupPlanner(chosen, order.policy);
  return io.interruptible((signal) => {
    const run = { chosen, order, io, view, engine, signal, planOn };
    return forEachStore(chosen, (target) => cleanStore(target, run));
  });
}

async function cleanStore(target: StoreTarget, run: Run): Promise<CleanedStore> {
  const { io, engine, order, planOn, signal } = run;
  let planned = planOn(target);
  await requireUnused(planned, run);
  if ((await recoverFirst(engine, planned.snapshot.realDir, io)).length > 0) {
    planned = planOn(target);
    await requireUnused(planned, run);
  }
  const replan = () => {
    planned = planOn(target);
    return confirmGuards(planned.plan, order.confirmed);
  };
  const confirmed = confirmGuards(planned.plan, order.confirmed);
  await purgeForBudget(engine, { ...planned, plan: confirmed }, { policy: order.policy, lockTimeoutMs });
  const applied = await applyWithProgress(engine, confirmed, {
    io,
    view: run.view,
    what: `cleaning up ${target.agentId}`,
    replan,
    signal,
  });
  tellRecovered(applied.recovered, io);
  const { plan, snapshot, facts } = planned;
  const wanted = onlyPart(planned);
  const done = onlyPart(applied);
  // The decisions are those that were carried out; the steps and guards tell what was wanted.
  const part = { ...wanted, rows: done.rows, files: done.files };
  const outcome = outcomeOf(applied, { wanted, done }, run);
  const { trash } = facts;
  const report = cleanupReport({ plan, part, snapshot, trash, dryRun: false, ...order, outcome });
  return { report, snapshot, findings: [...snapshot.findings, ...rescopeFindings(part)] };
}

/** A store in which nothing is to be done may be in use. */
async function requireUnused(planned: StorePlan, { chosen, order, io }: Run): Promise<void> {
  if (order.whileRunning || onlyPart(planned).steps.length === 0) return;
  await requireNoGateway(planned.snapshot, { ...chosen, io }, whileRunningHint);
}

function onlyPart({ plan }: Pick<StorePlan, "plan">): PlanPart {
  const [part] = plan.parts;
  if (part === undefined) throw new Error("a store without its part of the plan");
  return part;
}

function outcomeOf(
  { operationId, warnings }: ApplyOutcome,
  { wanted, done }: { readonly wanted: PlanPart; readonly done: PlanPart },
  run: Run,
): CleanupOutcome {
  const returned = run.order.whileRunning ? returnedKeys(run.engine.fs, done) : [];
  return {
    operationId: operationId ?? null,
    historyRecorded: done.steps.some(({ kind }) => kind === "append-record"),
    errors: [
      ...heldBackMessages([wanted], run.order.confirmed).map((message) => ({
        key: null,
        sessionId: null,
        code: "E_REFUSED",
        message,
      })),
      ...warnings.map((message) => ({ key: null, sessionId: null, code: "E_PARTIAL", message })),
      ...returned.map((key) => ({
        key,
        sessionId: null,
        code: "E_PARTIAL",
        message:
          "the gateway has written this session back; a transcript that left is in the archive or the trash",
      })),
    ],
  };
}
