import { planRestoreOf } from "@sessionsmith/core/engine";
import type { CommandHandler } from "../command-spec.ts";
import { UsageError } from "../usage-error.ts";
import { runTakeBack } from "./run-take-back.ts";

/** Runs `sessionsmith trash restore`. */
export const runTrashRestore: CommandHandler = async (call) => {
  const [, id] = call.arguments;
  if (id === undefined) throw new UsageError("trash restore needs the id of an operation");
  return runTakeBack(call, id, planRestoreOf);
};
