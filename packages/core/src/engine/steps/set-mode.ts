import { join } from "node:path";
import type { SetModeStep } from "../../plan/step.ts";
import type { PartContext } from "../part-context.ts";
import { stalePlan } from "../stale-plan.ts";
import type { StepRunner } from "../step-runner.ts";

/** Changes permission bits. */
export const setMode: StepRunner<SetModeStep> = {
  check: (step, context) => {
    if (presentMode(step, context) !== step.expectMode) throw stalePlan(join(context.realDir, step.name));
  },
  commit: (step, context) => {
    const { fs } = context.host;
    const path = join(context.realDir, step.name);
    const mode = presentMode(step, context);
    if (mode === step.mode) return;
    if (mode !== step.expectMode) {
      if (!context.isRecovery) throw stalePlan(path);
      context.warnings.push(`${path} keeps its mode: another program has changed it since`);
      return;
    }
    if (fs.lstat(path)?.kind === "directory") {
      fs.setMode(path, step.mode);
      context.touched.add(path);
    } else {
      fs.appendFile(path, (file) => {
        file.setMode(step.mode);
        file.sync();
      });
    }
  },
  isCommitted: (step, context) => presentMode(step, context) === step.mode,
};

function presentMode(step: SetModeStep, context: PartContext): number | undefined {
  const fact = context.host.fs.lstat(join(context.realDir, step.name));
  return fact?.kind === "symlink" ? undefined : fact?.mode;
}
