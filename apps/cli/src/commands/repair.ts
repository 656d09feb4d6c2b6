import {
  agentStoreTarget,
  isStoreError,
  openStorePlace,
  requireJsonEra,
  requireUsableSettings,
  stateIndexPaths,
} from "@sessionsmith/core";
import type { StoreTarget } from "@sessionsmith/core";
import { nodeEngineHost } from "@sessionsmith/core/engine";
import type { ApplyOutcome, EngineHost } from "@sessionsmith/core/engine";
import { planRepair, repairRecipes } from "@sessionsmith/maintenance";
import type { PlannedRepair } from "@sessionsmith/maintenance";
import { applyWithProgress } from "../apply-with-progress.ts";
import { chooseStores } from "../choose-stores.ts";
import type { ChosenStores } from "../choose-stores.ts";
import type { CommandCall, CommandHandler } from "../command-spec.ts";
import { reportFailedStores } from "../failed-stores.ts";
import { outputView } from "../output-view.ts";
import type { OutputView } from "../output-view.ts";
import { recoverFirst, tellRecovered } from "../recover-first.ts";
import { safeText } from "../render/safe-text.ts";
import { reportFindings } from "../report-findings.ts";
import { requireNoGateway } from "../require-no-gateway.ts";
import { warnOfPending } from "../warn-of-pending.ts";
import type { FailedRepair } from "./failed-repair.ts";
import { repairOrder } from "./repair-order.ts";
import type { RepairOrder } from "./repair-order.ts";
import { repairReport } from "./repair-report.ts";
import { writeRepair } from "./write-repair.ts";

/** One run of repair. */
interface Run {
  readonly call: CommandCall;
  readonly view: OutputView;
  readonly chosen: ChosenStores;
  readonly order: RepairOrder;
}

/** Runs `sessionsmith repair`: plans what mends the stores, and shows it or does it. */
export const runRepair: CommandHandler = async (call) => {
  const { io, options } = call;
  const view = outputView(options, io);
  const order = repairOrder(options);
  const unless = order.rename === undefined ? "default-agent" : "every-store";
  const chosen = chooseStores(call, await io.loadHost(), unless);
  requireUsableSettings(chosen.settings);
  const run = { call, view, chosen, order };
  const failed: FailedRepair[] = [];
  const { planned, applied } = order.acts
    ? await repair(run, failed)
    : { planned: plan(run, failed), applied: undefined };
  const report = repairReport(planned, { order, allAgents: chosen.allAgents, failed, applied });
  writeRepair(report, { io, view });
  reportFindings([...chosen.settings.findings, ...chosen.findings], view, io);
  if (!order.acts) await warnOfPending(chosen, view, io);
  for (const warning of report.warnings) io.stderr(`sessionsmith: ${safeText(warning)}\n`);
  const status = reportFailedStores(
    {
      opened: planned.stores.length + failed.length,
      failed: failed.map(({ target, error }) => ({
        agentId: target.agentId,
        code: error.code,
        message: error.message,
      })),
      leftOut: chosen.leftOut,
    },
    view,
    io,
  );
  if (status !== 0) return status;
  const isPartial = order.acts && report.stores.some(({ unmended }) => unmended.length > 0);
  return isPartial || report.warnings.length > 0 ? 3 : 0;
};

/** Plans what the stores need. One that can't be repaired is left out among several; alone it throws. */
function plan(
  { chosen, order }: Run,
  failed: FailedRepair[],
  unsound: readonly FailedRepair[] = [],
): PlannedRepair {
  const { host, settings, stateDir, now } = chosen;
  const { domains, rename, rebase } = order;
  const targets = chosen.targets.filter((target) => unsound.every((one) => one.target !== target));
  failed.length = 0;
  failed.push(...unsound);
  const onFailed = (target: StoreTarget, error: unknown): void => {
    const isEmpty = isStoreError(error) && error.code === "E_NOT_FOUND" && target.origin === "configured";
    if (isEmpty && chosen.allAgents) return;
    if (!isStoreError(error) || chosen.targets.length === 1) throw error;
    failed.push({ target, error });
  };
  const requireEra = (target: StoreTarget): void => requireJsonEra(host, target);
  const storeOf = (agentId: string) => agentStoreTarget(host, settings, { stateDir, agentId });
  const indexPaths = domains.has("keys") ? stateIndexPaths(host, chosen) : [];
  const rules = { domains, rename, rebase, storeOf, otherIndexPaths: indexPaths, requireEra, onFailed };
  return planRepair({ host, settings, now, targets, ...rules });
}

async function repair(
  run: Run,
  failed: FailedRepair[],
): Promise<{ readonly planned: PlannedRepair; readonly applied: ApplyOutcome }> {
  const { call, chosen, view } = run;
  const { io } = call;
  const engine = nodeEngineHost(chosen.host);
  const unsound = await recoverAll(engine, run);
  let planned = plan(run, failed, unsound);
  await requireUnused(planned, run);
  const replan = () => {
    planned = plan(run, failed, unsound);
    return planned.plan;
  };
  const applied = await io.interruptible((signal) =>
    applyWithProgress(engine, planned.plan, {
      io,
      view,
      what: "repairing",
      recipes: repairRecipes,
      create: true,
      replan,
      signal,
    }),
  );
  tellRecovered(applied.recovered, io);
  return { planned, applied };
}

/** Finishes or takes back what was interrupted. A store in which that can't be done is not repaired; alone it throws. */
async function recoverAll(engine: EngineHost, { call, chosen }: Run): Promise<readonly FailedRepair[]> {
  const unsound: FailedRepair[] = [];
  const isAlone = chosen.targets.length === 1;
  for (const target of chosen.targets) {
    if (chosen.host.fs.stat(target.sessionsDir) === undefined) continue;
    if (isAlone) requireJsonEra(chosen.host, target);
    try {
      const { realDir } = openStorePlace(chosen.host.fs, target);
      // oxlint-disable-next-line no-await-in-loop -- one store after the other
      await recoverFirst(engine, realDir, call.io);
    } catch (error) {
      if (!isStoreError(error) || isAlone) throw error;
      unsound.push({ target, error });
    }
  }
  return unsound;
}

/** A gateway keeps rows and transcripts in memory, and would write back what was mended. */
async function requireUnused(
  { plan: { parts }, stores }: PlannedRepair,
  { call, chosen }: Run,
): Promise<void> {
  for (const [n, { snapshot }] of stores.entries()) {
    if ((parts[n]?.steps.length ?? 0) === 0) continue;
    // oxlint-disable-next-line no-await-in-loop -- the first gateway ends it
    await requireNoGateway(
      snapshot,
      { ...chosen, io: call.io },
      "Stop the gateway, then run the command again.",
    );
  }
}
