import { nodeEngineHost, planRestoreOf } from "@sessionsmith/core/engine";
import { chooseStores } from "../choose-stores.ts";
import type { CommandHandler } from "../command-spec.ts";
import { findOperation } from "../find-operation.ts";
import { previewOption, skipConflictsOption } from "../options/writing-options.ts";
import { outputView } from "../output-view.ts";
import { takeBack } from "../take-back.ts";
import { UsageError } from "../usage-error.ts";
import { takenBackReport, writeTakenBack } from "./taken-back-report.ts";

/** Runs `sessionsmith trash restore`. */
export const runTrashRestore: CommandHandler = async (call) => {
  const { io, options } = call;
  const view = outputView(options, io);
  const [, id] = call.arguments;
  if (id === undefined) throw new UsageError("trash restore needs the id of an operation");
  const chosen = chooseStores(call, await io.loadHost(), "every-store");
  const engine = nodeEngineHost(chosen.host);
  const dryRun = options.flag(previewOption) === true;
  const skipConflicts = options.flag(skipConflictsOption) === true;
  const found = findOperation(chosen, engine, id);
  const back = await takeBack({
    chosen,
    engine,
    io,
    view,
    found,
    planBack: planRestoreOf,
    skipConflicts,
    dryRun,
  });
  return writeTakenBack(takenBackReport(id, back, dryRun), { io, view });
};
