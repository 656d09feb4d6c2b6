import {
  confirmGuards,
  leavingNames,
  protectForkParents,
  rebasePlan,
  requireSameIndex,
  requireUsableSettings,
  StoreError,
} from "@sessionsmith/core";
import type { Plan, PlanPart, StoreSnapshot } from "@sessionsmith/core";
import { nodeEngineHost, returnedKeys } from "@sessionsmith/core/engine";
import { applyWithProgress } from "../apply-with-progress.ts";
import { readState } from "../choose-stores.ts";
import type { State } from "../choose-stores.ts";
import type { CommandCall, CommandHandler } from "../command-spec.ts";
import { unchangedRowsOption, whileRunningOption } from "../options/writing-options.ts";
import { heldBackMessages } from "../held-back.ts";
import { outputView } from "../output-view.ts";
import { scanWithReferences } from "../plan-stores.ts";
import { readPlanFile } from "../read-plan-file.ts";
import { recoverFirst, tellRecovered } from "../recover-first.ts";
import { safeText } from "../render/safe-text.ts";
import { requireNoGateway, whileRunningHint } from "../require-no-gateway.ts";
import { targetAt } from "../target-at.ts";
import { appliedReport, writeApplied } from "./applied-report.ts";
import { confirmedGuards } from "./cleanup-order.ts";

/** Runs `sessionsmith apply`: checks that the stores are as planned, and carries the plan out. */
export const runApply: CommandHandler = async (call) => {
  const { io, options } = call;
  const view = outputView(options, io);
  const state = readState(call, await io.loadHost());
  requireUsableSettings(state.settings);
  const saved = readPlanFile(state.host, call.arguments[0] ?? "");
  const engine = nodeEngineHost(state.host);
  const plan = await readyPlan(saved, state, call);
  const shown = { io, view, what: "applying" };
  const applied = await io.interruptible((signal) => applyWithProgress(engine, plan, { ...shown, signal }));
  tellRecovered(applied.recovered, io);
  const isBeside = options.flag(whileRunningOption) === true;
  const returned = isBeside ? plan.parts.flatMap((part) => returnedKeys(engine.fs, part)) : [];
  const warnings = [
    ...applied.warnings,
    ...heldBackMessages(saved.parts, confirmedGuards(options)),
    ...returned.map((key) => `${key}: the gateway has written this session back`),
  ];
  writeApplied(appliedReport(applied, warnings), { io, view });
  for (const warning of warnings) io.stderr(`sessionsmith: ${safeText(warning)}\n`);
  return warnings.length === 0 ? 0 : 3;
};

/** The plan as it can be applied now. */
async function readyPlan(saved: Plan, state: State, { io, options }: CommandCall): Promise<Plan> {
  const engine = nodeEngineHost(state.host);
  let snapshots = saved.parts.map((part) => scanPart(part, state));
  if (options.flag(whileRunningOption) !== true) {
    for (const snapshot of snapshots) {
      // oxlint-disable-next-line no-await-in-loop -- the first gateway ends it
      await requireNoGateway(snapshot, { ...state, io }, whileRunningHint);
    }
  }
  let recovered = false;
  for (const { realDir } of snapshots) {
    // oxlint-disable-next-line no-await-in-loop -- one store after the other
    recovered = (await recoverFirst(engine, realDir, io)).length > 0 || recovered;
  }
  if (recovered) snapshots = saved.parts.map((part) => scanPart(part, state));
  if (options.flag(unchangedRowsOption) !== true) requireSameIndex(saved, snapshots);
  return confirmGuards(rebasePlan(saved, snapshots), confirmedGuards(options));
}

function scanPart(part: PlanPart, state: State): StoreSnapshot {
  const snapshot = scanWithReferences(state, targetAt(state, part.store), state.host.clock.now());
  if (snapshot.realDir !== part.store.realDir) {
    throw new StoreError(
      "E_STALE_PLAN",
      `${part.store.indexPath} lies in ${snapshot.realDir} by now, but the plan was made for ${part.store.realDir}. Nothing was changed.`,
      { hint: "Make the plan again.", details: { path: part.store.indexPath } },
    );
  }
  return protectForkParents(state.host.fs, snapshot, leavingNames({ parts: [part] }));
}
