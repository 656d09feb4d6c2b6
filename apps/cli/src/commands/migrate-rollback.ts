import { nodeEngineHost, planRollback } from "@sessionsmith/core/engine";
import { chooseStores, readState } from "../choose-stores.ts";
import type { ChosenStores } from "../choose-stores.ts";
import type { CommandCall } from "../command-spec.ts";
import type { ExitStatus } from "../exit-codes.ts";
import { findOperation } from "../find-operation.ts";
import { toOption } from "../options/migrate-options.ts";
import { previewOption } from "../options/writing-options.ts";
import { outputView } from "../output-view.ts";
import { takeBack } from "../take-back.ts";
import { storeFinder } from "./migrate-request.ts";
import { takenBackReport, writeTakenBack } from "./taken-back-report.ts";

/** Runs `sessionsmith migrate rollback <operation>`: an undo that leaves what has changed since, and says so. */
export async function runMigrateRollback(call: CommandCall, id: string): Promise<ExitStatus> {
  const { io, options } = call;
  const view = outputView(options, io);
  const chosen = await rollbackStores(call);
  const engine = nodeEngineHost(chosen.host);
  const dryRun = options.flag(previewOption) === true;
  const found = findOperation(chosen, engine, id);
  const way = {
    chosen,
    engine,
    io,
    view,
    found,
    planBack: planRollback,
    skipConflicts: true,
    dryRun,
    recipes: new Map(),
  };
  return writeTakenBack(takenBackReport(id, await takeBack(way), dryRun), way);
}

/** The stores in which the migration is looked for: that of `--to`, or all of the state directory. */
async function rollbackStores(call: CommandCall): Promise<ChosenStores> {
  const host = await call.io.loadHost();
  if (call.options.value(toOption) === undefined) return chooseStores(call, host, "every-store");
  const state = readState(call, host);
  const target = storeFinder(call.options, state)("main");
  return { ...state, now: host.clock.now(), targets: [target], findings: [], leftOut: 0, allAgents: false };
}
