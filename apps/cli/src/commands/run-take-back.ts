import { nodeEngineHost } from "@sessionsmith/core/engine";
import { encryptionRecipes } from "@sessionsmith/sessions";
import { chooseStores } from "../choose-stores.ts";
import type { CommandCall } from "../command-spec.ts";
import type { ExitStatus } from "../exit-codes.ts";
import { findOperation } from "../find-operation.ts";
import { previewOption, skipConflictsOption } from "../options/writing-options.ts";
import { outputView } from "../output-view.ts";
import { readKeyring } from "../read-keyring.ts";
import { takeBack } from "../take-back.ts";
import type { WayBack } from "../take-back.ts";
import { takenBackReport, writeTakenBack } from "./taken-back-report.ts";

/** Takes the operation with this id back, as `planBack` plans it, and tells what came of it. */
export async function runTakeBack(
  call: CommandCall,
  id: string,
  planBack: WayBack["planBack"],
): Promise<ExitStatus> {
  const { io, options } = call;
  const view = outputView(options, io);
  const chosen = chooseStores(call, await io.loadHost(), "every-store");
  const engine = nodeEngineHost(chosen.host);
  const dryRun = options.flag(previewOption) === true;
  const skipConflicts = options.flag(skipConflictsOption) === true;
  const found = findOperation(chosen, engine, id);
  const recipes = encryptionRecipes({ key: () => readKeyring(call, chosen.host) });
  const way = { chosen, engine, io, view, found, planBack, skipConflicts, dryRun, recipes };
  return writeTakenBack(takenBackReport(id, await takeBack(way), dryRun), way);
}
