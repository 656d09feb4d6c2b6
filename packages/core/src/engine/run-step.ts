import type { JournaledStep } from "../plan/journaled-step.ts";
import type { PartContext } from "./part-context.ts";
import { appendRecord } from "./steps/append-record.ts";
import { makeDir } from "./steps/make-dir.ts";
import { moveFile } from "./steps/move-file.ts";
import { removeDir } from "./steps/remove-dir.ts";
import { setMode } from "./steps/set-mode.ts";
import { writeFile } from "./steps/write-file.ts";
import { writeIndex } from "./steps/write-index.ts";
import { writeOutput } from "./steps/write-output.ts";
import type { StepRunner } from "./step-runner.ts";

/** What every step of an operation goes through, in this order. */
export type StepAction = "check" | "stage" | "prepare" | "commit" | "retire" | "release";

/** Carries one phase of a step out, if its kind has anything to do in it. */
export function runStep(
  action: StepAction | "rollBack",
  step: JournaledStep,
  place: { readonly context: PartContext; readonly n: number },
): void {
  withRunner(step, (runner, own) => runner[action]?.(own, place.context, place.n));
}

/** Tells, after a crash, whether the switch of a step happened. */
export function isStepCommitted(step: JournaledStep, context: PartContext, n: number): boolean {
  return withRunner(step, (runner, own) => runner.isCommitted?.(own, context, n) ?? false);
}

function withRunner<R>(step: JournaledStep, use: <S>(runner: StepRunner<S>, own: S) => R): R {
  switch (step.kind) {
    case "append-record":
      return use(appendRecord, step);
    case "make-dir":
      return use(makeDir, step);
    case "move-file":
      return use(moveFile, step);
    case "remove-dir":
      return use(removeDir, step);
    case "set-mode":
      return use(setMode, step);
    case "write-file":
      return use(writeFile, step);
    case "write-index":
      return use(writeIndex, step);
    case "write-output":
      return use(writeOutput, step);
  }
}
