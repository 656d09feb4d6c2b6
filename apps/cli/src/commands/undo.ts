import { nodeEngineHost, planUndoOf } from "@sessionsmith/core/engine";
import { chooseStores } from "../choose-stores.ts";
import type { CommandHandler } from "../command-spec.ts";
import { findOperation } from "../find-operation.ts";
import { previewOption, skipConflictsOption } from "../options/writing-options.ts";
import { outputView } from "../output-view.ts";
import { takeBack } from "../take-back.ts";
import { takenBackReport, writeTakenBack } from "./taken-back-report.ts";

/** Runs `sessionsmith undo`. */
export const runUndo: CommandHandler = async (call) => {
  const { io, options } = call;
  const view = outputView(options, io);
  const chosen = chooseStores(call, await io.loadHost(), "every-store");
  const engine = nodeEngineHost(chosen.host);
  const id = call.arguments[0] ?? "";
  const dryRun = options.flag(previewOption) === true;
  const skipConflicts = options.flag(skipConflictsOption) === true;
  const found = findOperation(chosen, engine, id);
  const back = await takeBack({
    chosen,
    engine,
    io,
    view,
    found,
    planBack: planUndoOf,
    skipConflicts,
    dryRun,
  });
  return writeTakenBack(takenBackReport(id, back, dryRun), { io, view });
};
