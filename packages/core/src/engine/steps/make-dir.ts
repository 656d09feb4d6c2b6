import { dirname, join } from "node:path";
import { errnoOf } from "../../errno.ts";
import type { MakeDirStep } from "../../plan/step.ts";
import { stalePlan } from "../stale-plan.ts";
import type { StepRunner } from "../step-runner.ts";

/** Makes a directory. */
export const makeDir: StepRunner<MakeDirStep> = {
  check: (step, context) => {
    const path = join(context.realDir, step.name);
    if (context.host.fs.lstat(path) !== undefined) throw stalePlan(path);
  },
  prepare: (step, context) => {
    const path = join(context.realDir, step.name);
    if (context.host.fs.lstat(path) === undefined) context.host.fs.makeDir(path, step.mode);
    context.touched.add(dirname(path));
  },
  rollBack: (step, context) => {
    const path = join(context.realDir, step.name);
    context.touched.add(dirname(path));
    try {
      if (context.host.fs.lstat(path) !== undefined) context.host.fs.removeDir(path);
      // Files that were to be in it are taken back before it, and it has no names to be synced any more.
      context.touched.delete(path);
    } catch (error) {
      if (errnoOf(error) !== "ENOTEMPTY") throw error;
      context.warnings.push(`${path} stays: somebody put a file into it`);
    }
  },
};
