import { basename, join, relative } from "node:path";
import type { WriteFs } from "../disk/write-fs.ts";
import { archiveName } from "../layout/archive-stamp.ts";
import type { PlanPart } from "../plan/plan.ts";
import type { MoveFileStep } from "../plan/step.ts";
import type { JournaledStep } from "../plan/journaled-step.ts";
import { trashName } from "./trash-name.ts";

/**
 * Decides what a plan leaves open: the stamp of every archive, the place of every file in the trash, and the operation's own
 * directory in a folder of outputs.
 * An archive whose name is taken gets the next free millisecond; one whose name would be too long goes to the trash.
 */
export function resolveSteps(
  fs: WriteFs,
  part: PlanPart,
  begin: { readonly operationId: string; readonly startedAt: number },
): readonly JournaledStep[] {
  // Listed once: a plan has thousands of archives. Who takes a name later keeps it, for no move overwrites a file.
  let taken: Set<string> | undefined;
  const takenNames = () => (taken ??= new Set(fs.readdir(part.store.realDir)));
  const target = (step: MoveFileStep, n: number): string => {
    if (step.to.as === "name") return step.to.name;
    if (step.to.as === "folder")
      return relative(part.store.realDir, join(step.to.folder, begin.operationId, step.to.name));
    if (step.to.as === "trash") return trashName(begin.operationId, n);
    for (let atMs = begin.startedAt; ; atMs += 1) {
      const name = archiveName(basename(step.from), step.to.reason, atMs);
      if (name === undefined) return trashName(begin.operationId, n);
      if (!takenNames().has(name)) {
        takenNames().add(name);
        return name;
      }
    }
  };
  return part.steps.map((step, n) => {
    if (step.kind === "write-output" && step.folder !== undefined)
      return { ...step, path: join(step.folder, begin.operationId, step.path) };
    if (step.kind !== "move-file") return step;
    const to = target(step, n);
    return step.to.as === "folder" ? { ...step, to, makesDirs: true } : { ...step, to };
  });
}
