import { errnoOf } from "../../errno.ts";
import type { RemoveDirStep } from "../../plan/step.ts";
import { liesPlainly } from "../lies-plainly.ts";
import { dirInStore, pathInStore } from "../path-in-store.ts";
import type { StepRunner } from "../step-runner.ts";

/** Takes a directory away when nothing is left in it. */
export const removeDir: StepRunner<RemoveDirStep> = {
  release: ({ name }, context) => {
    const { fs } = context.host;
    const path = pathInStore(context.realDir, name);
    if (!liesPlainly(fs, context.realDir, name) || fs.lstat(path)?.kind !== "directory") return;
    try {
      fs.removeDir(path);
    } catch (error) {
      const errno = errnoOf(error);
      if (errno === undefined) throw error;
      if (errno !== "ENOTEMPTY" && errno !== "EEXIST")
        context.warnings.push(`${name} could not be taken away (${errno})`);
    }
    context.touched.add(dirInStore(context.realDir, name));
  },
};
