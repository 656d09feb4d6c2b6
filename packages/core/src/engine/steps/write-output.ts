import { dirname } from "node:path";
import type { WriteOutputStep } from "../../plan/step.ts";
import { StoreError } from "../../store-error.ts";
import { streamContent } from "../content.ts";
import { addName, dropName } from "../move-name.ts";
import type { PartContext } from "../part-context.ts";
import { stageFile } from "../stage-file.ts";
import type { StepRunner } from "../step-runner.ts";

/** Writes a file that the operator named, beside it first; over an existing one only if the operator said so. */
export const writeOutput: StepRunner<WriteOutputStep> = {
  check: (step, context) => {
    const fact = context.host.fs.lstat(step.path);
    if (fact === undefined || (step.force && fact.kind === "file")) return;
    throw new StoreError("E_REFUSED", `${step.path} exists already. Nothing was changed.`, {
      hint: fact.kind === "file" ? "Name another file, or add --force." : "Name a regular file.",
      details: { path: step.path },
    });
  },
  prepare: (step, context) => {
    const temp = tempPath(step, context);
    if (context.host.fs.lstat(temp) !== undefined) context.host.fs.unlink(temp);
    const { fs } = context.host;
    stageFile(fs, {
      path: temp,
      content: (take) => streamContent(fs, step.content, { recipes: context.recipes, take }),
      mode: 0o600,
      owner: ownerOf(step, context),
    });
    context.touched.add(dirname(step.path));
  },
  rollBack: (step, context) => {
    const temp = tempPath(step, context);
    if (context.host.fs.lstat(temp) !== undefined) context.host.fs.unlink(temp);
    context.touched.add(dirname(temp));
  },
  commit: (step, context) => {
    const { fs } = context.host;
    const temp = tempPath(step, context);
    if (fs.lstat(temp) === undefined) return;
    if (step.force) fs.rename(temp, step.path);
    else addName(fs, temp, step.path);
    context.touched.add(dirname(step.path));
  },
  release: (step, context) => {
    dropName(context.host.fs, tempPath(step, context), step.path);
    context.touched.add(dirname(step.path));
  },
};

function tempPath(step: WriteOutputStep, context: PartContext): string {
  return `${step.path}.${context.operationId}.tmp`;
}

function ownerOf(
  step: WriteOutputStep,
  context: PartContext,
): { readonly uid: number; readonly gid: number } {
  const dir = context.host.fs.stat(dirname(step.path));
  if (dir?.kind === "directory") return dir;
  throw new StoreError("E_NOT_FOUND", `There is no directory ${dirname(step.path)}. Nothing was changed.`, {
    hint: "Make it first, or name another file.",
    details: { path: step.path },
  });
}
