import { dirname, join } from "node:path";
import type { FileFact } from "../../disk/read-fs.ts";
import type { WriteFileStep } from "../../plan/step.ts";
import { hasIdentity } from "../../plan/file-identity.ts";
import { claimedWarning, isClaimed } from "../is-claimed.ts";
import { keepEncrypted } from "../keep-encrypted.ts";
import { keepFile } from "../keep-file.ts";
import { addName, isSameFile } from "../move-name.ts";
import type { PartContext } from "../part-context.ts";
import { restage, type RestageOptions, stageForBatch } from "../restage.ts";
import { hasLeft, stagedPath, unstage } from "../staged-path.ts";
import { stalePlan } from "../stale-plan.ts";
import type { StepRunner } from "../step-runner.ts";
import { trashName } from "../trash-name.ts";
import { unlinkIfThere } from "../unlink-if-there.ts";

/**
 * Makes a new file before the switch, or replaces one at the switch and keeps the replaced one in the trash; one that is replaced by
 * its encrypted form is kept in that form, so that no clear copy of it is left.
 */
export const writeFile: StepRunner<WriteFileStep> = {
  check: (step, context) => {
    replacedFile(step, context);
  },
  stage: (step, context, n) => {
    if (step.replaces !== null || context.staged.has(n) || isLost(step, context, n)) return;
    stageForBatch(context, n, stagingOf(step, context.owner));
  },
  prepare: (step, context, n) => {
    if (context.isRecovery && (isDone(step, context, n) || isLost(step, context, n))) return;
    const before = step.replaces === null ? undefined : replacedFile(step, context);
    restage(context, n, stagingOf(step, before ?? context.owner));
    const path = join(context.realDir, step.name);
    if (before === undefined) {
      addName(context.host.fs, stagedPath(context, n), path);
      context.touched.add(dirname(path));
    } else {
      const kept = keptPath(context, n);
      const file = { path, present: before, kept };
      if (step.cipher?.clear === "replaced") keepEncrypted(context, n, { ...file, cipher: step.cipher });
      else keepFile(context.host.fs, file);
      context.touched.add(dirname(kept));
    }
  },
  rollBack: (step, context, n) => {
    if (step.replaces === null) dropMade(step, context, n);
    else dropKept(step, context, n);
    unstage(context, n);
  },
  commit: (step, context, n) => {
    const path = join(context.realDir, step.name);
    if (isLost(step, context, n) && !isDone(step, context, n)) {
      context.warnings.push(`${path} stays: another program has written it since`);
      return;
    }
    if (step.replaces === null || hasLeft(context, n)) return;
    replacedFile(step, context);
    context.host.fs.rename(stagedPath(context, n), path);
    context.touched.add(dirname(path));
    context.touched.add(context.paths.dir);
  },
  isCommitted: (step, context, n) => step.replaces !== null && hasLeft(context, n),
  release: (step, context, n) => {
    if (step.replaces !== null && hasLeft(context, n)) return;
    if (step.replaces !== null) dropKept(step, context, n);
    // What is left under its staged name has its place by now, or has lost it to another program.
    unlinkIfThere(context.host.fs, stagedPath(context, n));
    context.touched.add(context.paths.dir);
  },
};

function stagingOf(
  { content, mode, mtimeNs }: WriteFileStep,
  owner: RestageOptions["owner"],
): RestageOptions {
  return { content, mode, owner, mtimeNs: mtimeNs === undefined ? undefined : BigInt(mtimeNs) };
}

/** True, after a crash, if the new file has its place already; its staged name may be gone by then. */
function isDone(step: WriteFileStep, context: PartContext, n: number): boolean {
  if (step.replaces !== null) return hasLeft(context, n);
  const made = context.staged.get(n);
  const fact = context.host.fs.lstat(join(context.realDir, step.name));
  return (
    made !== undefined && fact !== undefined && String(fact.dev) === made.dev && String(fact.ino) === made.ino
  );
}

/** True, in a recovery, if another program took the place of the new file, or wrote the old one, before the switch. */
function isLost(step: WriteFileStep, context: PartContext, n: number): boolean {
  if (!context.isRecovery) return false;
  const { fs } = context.host;
  const fact = fs.lstat(join(context.realDir, step.name));
  if (step.replaces !== null) return fact === undefined || !hasIdentity(fact, step.replaces);
  return context.staged.has(n) && (fact !== undefined || fs.lstat(stagedPath(context, n)) === undefined);
}

/** The staged name may be lost in a crash that the new name survived, so the file is known by what the journal says of it. */
function dropMade(step: WriteFileStep, context: PartContext, n: number): void {
  const { fs } = context.host;
  const path = join(context.realDir, step.name);
  const fact = fs.lstat(path);
  const made = context.staged.get(n);
  if (fact !== undefined && made !== undefined && hasIdentity(fact, made)) {
    if (isClaimed(context, step.name)) {
      // The name that stays has to be on stable storage before the staged one goes.
      fs.syncDir(dirname(path));
      context.warnings.push(claimedWarning(step.name));
    } else fs.unlink(path);
  }
  context.touched.add(dirname(path));
}

/** The file in the trash goes only while the same is still in its place. */
function dropKept(step: WriteFileStep, context: PartContext, n: number): void {
  const { fs } = context.host;
  const kept = keptPath(context, n);
  const [fact, present] = [fs.lstat(kept), fs.lstat(join(context.realDir, step.name))];
  if (fact === undefined || present === undefined || step.replaces === null) return;
  if (isSameFile(fact, present) || hasIdentity(present, step.replaces)) fs.unlink(kept);
  context.touched.add(dirname(kept));
}

/** Where the replaced file is kept. */
function keptPath(context: PartContext, n: number): string {
  return join(context.realDir, trashName(context.operationId, n));
}

function replacedFile(step: WriteFileStep, context: PartContext): FileFact | undefined {
  if (step.replaces === null) return undefined;
  const path = join(context.realDir, step.name);
  const fact = context.host.fs.lstat(path);
  if (fact === undefined || !hasIdentity(fact, step.replaces)) throw stalePlan(path);
  return fact;
}
