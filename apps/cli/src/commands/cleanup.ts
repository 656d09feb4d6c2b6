import { isStoreError } from "@sessionsmith/core";
import type { CommandHandler } from "../command-spec.ts";
import { chooseStores } from "../choose-stores.ts";
import type { ChosenStores } from "../choose-stores.ts";
import { reportFailedStores } from "../failed-stores.ts";
import { failuresOf } from "../for-each-store.ts";
import type { StoreResult } from "../for-each-store.ts";
import { exitStatusByCode, type ExitStatus } from "../exit-codes.ts";
import type { CliIo } from "../io.ts";
import { outputView } from "../output-view.ts";
import type { OutputView } from "../output-view.ts";
import { safeText } from "../render/safe-text.ts";
import { reportFindings } from "../report-findings.ts";
import { spareMemory } from "../spare-memory.ts";
import { warnOfPending } from "../warn-of-pending.ts";
import type { CleanedStore } from "./cleaned-store.ts";
import { cleanupOrder } from "./cleanup-order.ts";
import type { CleanupOrder } from "./cleanup-order.ts";
import { enforceCleanup } from "./enforce-cleanup.ts";
import { previewCleanup } from "./preview-cleanup.ts";
import { type EndedRun, requireMetricsPath, saveMetrics } from "./save-metrics.ts";
import { savePlan } from "./save-plan.ts";
import { writeCleanup } from "./write-cleanup.ts";

/** Runs `sessionsmith cleanup`: plans what leaves each store, and shows it, saves it or does it. */
export const runCleanup: CommandHandler = async (call) => {
  const { io, options } = call;
  const view = outputView(options, io);
  const chosen = chooseStores(call, await io.loadHost());
  const order = cleanupOrder(options, chosen.settings);
  requireMetricsPath(order, chosen.host);
  await spareMemory(chosen, io);
  const results = await cleanUp(chosen, order, { io, view });
  writeCleanup(results, { order, allAgents: chosen.allAgents }, { io, view });
  reportFindings(findingsOf(chosen, results), view, io);
  tellNothingToFix(order, view, io);
  if (!order.acts && !order.onlyLooks) io.stderr(`sessionsmith: ${nothingChanged}\n`);
  const status = reportFailedStores(
    { opened: results.length, failed: failuresOf(results), leftOut: chosen.leftOut },
    view,
    io,
  );
  const exitStatus = status === 0 ? reportUndone(results, io) : status;
  const isSaved = noteRun({ results, exitStatus }, order, { chosen, io });
  return exitStatus === 0 && !isSaved ? 3 : exitStatus;
};

/** A store that is alone and fails ends the command, but monitoring is told first. */
async function cleanUp(
  chosen: ChosenStores,
  order: CleanupOrder,
  { io, view }: { readonly io: CliIo; readonly view: OutputView },
): Promise<readonly StoreResult<CleanedStore>[]> {
  try {
    return order.acts
      ? await enforceCleanup(chosen, order, { io, view })
      : await preview(chosen, order, { io, view });
  } catch (error) {
    if (isStoreError(error)) {
      const results = chosen.targets.map((target) => ({ target, state: "failed", error }) as const);
      noteRun({ results, exitStatus: exitStatusByCode[error.code] }, order, { chosen, io });
    }
    throw error;
  }
}

/** Tells whether the numbers of the run were written, if they were asked for; why not is said. */
function noteRun(
  run: EndedRun,
  order: CleanupOrder,
  { chosen, io }: { readonly chosen: ChosenStores; readonly io: CliIo },
): boolean {
  const unsaved = saveMetrics(run, order, chosen.host);
  if (unsaved !== undefined) io.stderr(`sessionsmith: the metrics were not written: ${safeText(unsaved)}\n`);
  return unsaved === undefined;
}

const nothingChanged =
  "nothing was changed: session.maintenance.mode is warn. Add --enforce to do it, or --dry-run to only look.";

/** An order that the settings leave nothing for is told, not refused. */
function tellNothingToFix({ policy }: CleanupOrder, view: OutputView, io: CliIo): void {
  const { orders, dmRouting } = policy;
  if (!orders.fixDmScope || dmRouting.scope === "main" || view.quiet) return;
  io.stderr(
    `sessionsmith: --fix-dm-scope did nothing: it is for session.dmScope main, but that is ${dmRouting.scope}. ` +
      "--rescope gives sessions the keys of this scope.\n",
  );
}

async function preview(
  chosen: ChosenStores,
  order: CleanupOrder,
  { io, view }: { readonly io: CliIo; readonly view: OutputView },
): Promise<readonly StoreResult<CleanedStore>[]> {
  const results = await previewCleanup(chosen, order);
  await warnOfPending(chosen, view, io);
  if (order.planOut !== undefined) {
    const plans = results.flatMap((result) => (result.state === "done" ? [result.value.plan] : []));
    const path = savePlan(plans, order, chosen.host);
    if (path !== undefined && !view.quiet)
      io.stderr(`sessionsmith: the plan was saved to ${safeText(path)}; \`sessionsmith apply\` runs it.\n`);
  }
  return results;
}

function findingsOf({ settings, findings }: ChosenStores, results: readonly StoreResult<CleanedStore>[]) {
  const ofStores = results.flatMap((result) => (result.state === "done" ? result.value.findings : []));
  return [...settings.findings, ...findings, ...ofStores];
}

/** What was left undone in stores that were otherwise done: exit 3. A preview only tells of it. */
function reportUndone(results: readonly StoreResult<CleanedStore>[], io: CliIo): ExitStatus {
  const errors = results.flatMap((result) => (result.state === "done" ? result.value.report.errors : []));
  for (const { key, message } of errors)
    io.stderr(`sessionsmith: ${safeText(key === null ? message : `${key}: ${message}`)}\n`);
  const isPreview = results.every((result) => result.state !== "done" || result.value.report.dryRun);
  return errors.length === 0 || isPreview ? 0 : 3;
}
