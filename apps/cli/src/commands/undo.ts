import { planUndoOf } from "@sessionsmith/core/engine";
import type { CommandHandler } from "../command-spec.ts";
import { runTakeBack } from "./run-take-back.ts";

/** Runs `sessionsmith undo`. */
export const runUndo: CommandHandler = (call) => runTakeBack(call, call.arguments[0] ?? "", planUndoOf);
