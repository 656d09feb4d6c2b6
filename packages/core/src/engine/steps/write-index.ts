import { dirname } from "node:path";
import type { WriteIndexStep } from "../../plan/step.ts";
import { avoidCacheTwin } from "../avoid-cache-twin.ts";
import { hasIdentity } from "../../plan/file-identity.ts";
import { isExpectedIndex, requireExpectedIndex } from "../expected-index.ts";
import { keepFile } from "../keep-file.ts";
import type { PartContext } from "../part-context.ts";
import { restage } from "../restage.ts";
import { stalePlan } from "../stale-plan.ts";
import { hasLeft, stagedPath, unstage } from "../staged-path.ts";
import type { StepRunner } from "../step-runner.ts";

const newIndexMode = 0o600;

/** Replaces the index by compare-and-swap; its former content keeps a name in the operation's folder. */
export const writeIndex: StepRunner<WriteIndexStep> = {
  check: (step, context) => {
    requireExpectedIndex(context);
    requireFiles(step, context);
  },
  prepare: (step, context, n) => {
    if (hasLeft(context, n) || isLost(context)) return;
    const before = requireExpectedIndex(context);
    if (before !== undefined) {
      keepFile(context.host.fs, {
        path: context.indexPath,
        present: before,
        kept: context.paths.indexBefore,
      });
      context.touched.add(context.paths.dir);
    }
    restage(context, n, {
      content: step.content,
      mode: before?.mode ?? newIndexMode,
      owner: before ?? context.owner,
      mtimeNs: step.mtimeNs === undefined ? undefined : BigInt(step.mtimeNs),
    });
  },
  rollBack: (_step, context, n) => {
    unstage(context, n);
    const { fs } = context.host;
    const { indexBefore } = context.paths;
    if (fs.lstat(indexBefore) !== undefined && isExpectedIndex(context, fs.lstat(context.indexPath)))
      fs.unlink(indexBefore);
  },
  commit: (step, context, n) => {
    if (hasLeft(context, n)) return;
    if (isLost(context)) {
      context.warnings.push(`${context.indexPath} stays: another program has written it since`);
      return;
    }
    const changed = context.isRecovery ? changedFile(step, context) : undefined;
    if (changed !== undefined) {
      context.warnings.push(`${context.indexPath} stays: ${changed} is not what it was`);
      return;
    }
    requireFiles(step, context);
    const before = requireExpectedIndex(context);
    if (before !== undefined) avoidCacheTwin(context.host.fs, stagedPath(context, n), before);
    context.host.fs.rename(stagedPath(context, n), context.indexPath);
    context.touched.add(dirname(context.indexPath));
    context.touched.add(context.paths.dir);
  },
  isCommitted: (_step, context, n) => hasLeft(context, n),
  release: (_step, context, n) => {
    if (!hasLeft(context, n)) unstage(context, n);
  },
};

/** True, in a recovery, if another program wrote the index before ours could be switched in: then it stays as it is. */
function isLost(context: PartContext): boolean {
  return context.isRecovery && !isExpectedIndex(context, context.host.fs.lstat(context.indexPath));
}

function requireFiles(step: WriteIndexStep, context: PartContext): void {
  const changed = changedFile(step, context);
  if (changed !== undefined) throw stalePlan(changed);
}

/** The first file that is not as the new index needs it: one that is there again, is gone, or is another one. */
function changedFile({ requires = [] }: WriteIndexStep, { host: { fs } }: PartContext): string | undefined {
  const changed = requires.find(({ path, is }) => {
    const fact = fs.lstat(path);
    return is === null ? fact !== undefined : fact === undefined || !hasIdentity(fact, is);
  });
  return changed?.path;
}
