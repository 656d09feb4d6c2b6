import { dirname, join } from "node:path";
import { errnoOf } from "../../errno.ts";
import { hasIdentity } from "../../plan/file-identity.ts";
import type { WriteOutputStep } from "../../plan/step.ts";
import { StoreError } from "../../store-error.ts";
import { streamContent } from "../content.ts";
import { belongsToStore, isInOwnDirectory } from "../belongs-to-store.ts";
import { makeDirs } from "../make-dirs.ts";
import { addName, dropName } from "../move-name.ts";
import type { PartContext } from "../part-context.ts";
import { noteStaged } from "../restage.ts";
import { stageFile } from "../stage-file.ts";
import type { StepRunner } from "../step-runner.ts";
import { fileOfStore, inOwnDirectory } from "../write-output-file.ts";

/** Writes a file that the operator named, beside it first; over an existing one only if the operator said so. */
export const writeOutput: StepRunner<WriteOutputStep> = {
  check: (step, context) => {
    const { fs } = context.host;
    if (isInOwnDirectory(fs, step.path)) throw inOwnDirectory(step.path);
    const fact = fs.lstat(step.path);
    if (fact === undefined) return;
    if (step.force && fact.kind === "file") {
      if (belongsToStore(fs, step.path)) throw fileOfStore(step.path);
      return;
    }
    throw new StoreError("E_REFUSED", `${step.path} exists already. Nothing was changed.`, {
      hint: fact.kind === "file" ? "Name another file, or add --force." : "Name a regular file.",
      details: { path: step.path },
    });
  },
  stage: (step, context, n) => {
    // What the journal knows lies ready, or has its place already.
    if (context.staged.has(n)) return;
    const { recipes, held } = context;
    const { fs } = context.host;
    if (step.folder !== undefined) makeDirs(fs, dirname(step.path));
    const temp = tempPath(step, context, n);
    if (fs.lstat(temp) !== undefined) fs.unlink(temp);
    const content = stageFile(fs, {
      path: temp,
      content: (take) => streamContent(fs, step.content, { recipes, held, take }),
      mode: 0o600,
      owner: ownerOf(step, context),
      syncsLater: true,
    });
    noteStaged(context, n, { path: temp, content });
  },
  rollBack: (step, context, n) => {
    const { fs } = context.host;
    const made = context.staged.get(n);
    const present = fs.lstat(step.path);
    const isOurs = !step.force && present !== undefined && made !== undefined && hasIdentity(present, made);
    if (isOurs) remove(step.path, context);
    const temp = tempPath(step, context, n);
    if (fs.lstat(temp) !== undefined) remove(temp, context);
    if (step.folder !== undefined) removeOwnDirs(step.path, step.folder, context);
  },
  commit: (step, context, n) => {
    const { fs } = context.host;
    const temp = tempPath(step, context, n);
    if (fs.lstat(temp) === undefined) return;
    if (step.force) fs.rename(temp, step.path);
    else addName(fs, temp, step.path);
    context.touched.add(dirname(step.path));
  },
  release: (step, context, n) => {
    if (dropName(context.host.fs, tempPath(step, context, n), step.path))
      context.touched.add(dirname(step.path));
  },
};

function remove(path: string, context: PartContext): void {
  context.host.fs.unlink(path);
  context.touched.add(dirname(path));
}

/** Removes the directories that were made for a file inside the folder, as far as they are empty. */
function removeOwnDirs(path: string, folder: string, { host, touched }: PartContext): void {
  for (let dir = dirname(path); dir !== folder; dir = dirname(dir)) {
    if (host.fs.lstat(dir) === undefined) {
      touched.delete(dir);
      continue;
    }
    try {
      host.fs.removeDir(dir);
    } catch (error) {
      if (errnoOf(error) !== "ENOTEMPTY") throw error;
      return;
    }
    touched.delete(dir);
    touched.add(dirname(dir));
  }
}

/** Not the file's own name with more behind it, which may be longer than a name can be. */
function tempPath({ path }: WriteOutputStep, { operationId }: PartContext, n: number): string {
  return join(dirname(path), `.${operationId}-${n}.tmp`);
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
