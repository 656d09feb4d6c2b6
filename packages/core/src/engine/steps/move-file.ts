import { errnoOf } from "../../errno.ts";
import { classifyFileName } from "../../layout/classify-file-name.ts";
import { hasIdentity } from "../../plan/file-identity.ts";
import type { JournaledMove } from "../../plan/journaled-step.ts";
import { claimedWarning, isClaimed } from "../is-claimed.ts";
import { liesPlainly, mayLiePlainly } from "../lies-plainly.ts";
import { makeDirs } from "../make-dirs.ts";
import { addName, dropName, takeBackName } from "../move-name.ts";
import type { PartContext } from "../part-context.ts";
import { dirInStore, pathInStore } from "../path-in-store.ts";
import { stalePlan } from "../stale-plan.ts";
import type { StepRunner } from "../step-runner.ts";
import { isTrash } from "../trash-name.ts";

/** Moves a file: the new name first, the old one away when the new one is on stable storage. */
export const moveFile: StepRunner<JournaledMove> = {
  check: (step, context) => {
    const { fs } = context.host;
    const from = pathInStore(context.realDir, step.from);
    const fact = liesPlainly(fs, context.realDir, step.from) ? fs.lstat(from) : undefined;
    if (fact === undefined || !hasIdentity(fact, step.expect)) throw stalePlan(from);
    const isOurs = isTrash(step.to);
    if (!isOurs && step.makesDirs !== true && !mayLiePlainly(fs, context.realDir, step.to))
      throw stalePlan(pathInStore(context.realDir, step.to));
  },
  prepare: (step, context) => {
    if (step.phase === "create") give(step, context);
  },
  rollBack: (step, context) => {
    if (step.phase !== "create") return;
    const to = pathInStore(context.realDir, step.to);
    const from = pathInStore(context.realDir, step.from);
    const { fs } = context.host;
    if (!isClaimed(context, step.to)) takeBackName(fs, from, to);
    else if (fs.lstat(to) !== undefined && isPutAside(step.from)) {
      // The name that stays has to be on stable storage before the other one goes.
      fs.syncDir(dirInStore(context.realDir, step.to));
      if (dropName(fs, from, to)) context.warnings.push(claimedWarning(step.to));
    }
    context.touched.add(dirInStore(context.realDir, step.to)).add(dirInStore(context.realDir, step.from));
  },
  retire: (step, context) => {
    if (step.phase === "retire" && mayRetire(step, context)) {
      orWarn(
        context,
        () => give(step, context),
        (errno) => `${step.from} could not be moved to ${step.to} (${errno})`,
      );
    }
  },
  release: (step, context) => {
    orWarn(
      context,
      () => release(step, context),
      (errno) =>
        `${step.from} is ${step.to} by now, but one of the two names could not be taken away (${errno})`,
    );
  },
};

function give(step: JournaledMove, context: PartContext): void {
  const to = pathInStore(context.realDir, step.to);
  const dir = dirInStore(context.realDir, step.to);
  if (step.makesDirs === true) makeDirs(context.host.fs, dir);
  addName(context.host.fs, pathInStore(context.realDir, step.from), to);
  context.touched.add(dir);
}

function release(step: JournaledMove, context: PartContext): void {
  const from = pathInStore(context.realDir, step.from);
  const to = pathInStore(context.realDir, step.to);
  // Of a file that a row needs again, and that has both names since the crash, the new one goes.
  const isBack = step.phase === "retire" && isNeededAgain(step, context);
  const isOver = isBack ? dropName(context.host.fs, to, from) : dropName(context.host.fs, from, to);
  if (isOver) context.touched.add(dirInStore(context.realDir, isBack ? step.to : step.from));
}

/** True, in a recovery, if a row of an index that another program has written since needs a file that was to go. */
function isNeededAgain(step: JournaledMove, context: PartContext): boolean {
  return context.isRecovery && context.isReferenced(step.from);
}

/** True for a name under which no row looks for a file. */
function isPutAside(name: string): boolean {
  return isTrash(name) || classifyFileName(name).kind === "archive";
}

/** After the switch a file that changed hands stays where it is: an unreferenced file harms nobody. */
function mayRetire(step: JournaledMove, context: PartContext): boolean {
  if (!mayLiePlainly(context.host.fs, context.realDir, step.from)) {
    context.warnings.push(`${step.from} stays: a directory on the way to it is not what it was`);
    return false;
  }
  const fact = context.host.fs.lstat(pathInStore(context.realDir, step.from));
  if (fact === undefined) return false;
  if (isNeededAgain(step, context)) {
    context.warnings.push(`${step.from} stays: a row of the index needs it again`);
    return false;
  }
  if (hasIdentity(fact, step.expect)) return true;
  context.warnings.push(`${step.from} stays: it was written to after the plan was made`);
  return false;
}

/** @param text what the system's refusal, an errno, comes to */
function orWarn(context: PartContext, act: () => void, text: (errno: string) => string): void {
  try {
    act();
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    context.warnings.push(text(errno));
  }
}
