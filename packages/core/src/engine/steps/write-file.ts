import { dirname, join } from "node:path";
import type { FileFact } from "../../disk/read-fs.ts";
import type { WriteFileStep } from "../../plan/step.ts";
import { hasIdentity } from "../../plan/file-identity.ts";
import { addName, dropName } from "../move-name.ts";
import type { PartContext } from "../part-context.ts";
import { restage } from "../restage.ts";
import { hasLeft, stagedPath, unstage } from "../staged-path.ts";
import { stalePlan } from "../stale-plan.ts";
import type { StepRunner } from "../step-runner.ts";
import { trashName } from "../trash-name.ts";

/** Makes a new file before the switch, or replaces one at the switch and keeps the replaced one in the trash. */
export const writeFile: StepRunner<WriteFileStep> = {
  check: (step, context) => {
    replacedFile(step, context);
  },
  prepare: (step, context, n) => {
    if (isDone(step, context, n)) return;
    const before = step.replaces === null ? undefined : replacedFile(step, context);
    const mtimeNs = step.mtimeNs === undefined ? undefined : BigInt(step.mtimeNs);
    restage(context, n, { content: step.content, mode: step.mode, owner: before ?? context.owner, mtimeNs });
    const [from, to] = names(step, context, n);
    addName(context.host.fs, from, to);
    context.touched.add(dirname(to));
  },
  rollBack: (step, context, n) => {
    const [from, to] = names(step, context, n);
    if (step.replaces === null) dropMade(context, to, n);
    else dropName(context.host.fs, to, from);
    context.touched.add(dirname(to));
    unstage(context, n);
  },
  commit: (step, context, n) => {
    if (step.replaces === null || hasLeft(context, n)) return;
    replacedFile(step, context);
    const path = join(context.realDir, step.name);
    context.host.fs.rename(stagedPath(context, n), path);
    context.touched.add(dirname(path));
    context.touched.add(context.paths.dir);
  },
  isCommitted: (step, context, n) => step.replaces !== null && hasLeft(context, n),
  release: (step, context, n) => {
    if (step.replaces !== null) return;
    dropName(context.host.fs, stagedPath(context, n), join(context.realDir, step.name));
    context.touched.add(context.paths.dir);
  },
};

/** True, after a crash, if the new file has its place already; its staged name may be gone by then. */
function isDone(step: WriteFileStep, context: PartContext, n: number): boolean {
  if (step.replaces !== null) return hasLeft(context, n);
  const made = context.staged.get(n);
  const fact = context.host.fs.lstat(join(context.realDir, step.name));
  return (
    made !== undefined && fact !== undefined && String(fact.dev) === made.dev && String(fact.ino) === made.ino
  );
}

/** The staged name may be lost in a crash that the new name survived, so the file is known by what the journal says of it. */
function dropMade(context: PartContext, path: string, n: number): void {
  const fact = context.host.fs.lstat(path);
  const made = context.staged.get(n);
  if (fact !== undefined && made !== undefined && hasIdentity(fact, made)) context.host.fs.unlink(path);
}

/** What `prepare` gives a second name, and that name: the staged file its place, or the replaced file its place in the trash. */
function names(step: WriteFileStep, context: PartContext, n: number): readonly [from: string, to: string] {
  const path = join(context.realDir, step.name);
  if (step.replaces === null) return [stagedPath(context, n), path];
  return [path, join(context.realDir, trashName(context.operationId, n))];
}

function replacedFile(step: WriteFileStep, context: PartContext): FileFact | undefined {
  if (step.replaces === null) return undefined;
  const path = join(context.realDir, step.name);
  const fact = context.host.fs.lstat(path);
  if (fact === undefined || !hasIdentity(fact, step.replaces)) throw stalePlan(path);
  return fact;
}
