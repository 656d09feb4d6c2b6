import { basename, join, relative } from "node:path";
import { formatArchiveStamp, stampedName } from "../layout/archive-stamp.ts";
import type { PlanPart } from "../plan/plan.ts";
import type { MoveFileStep } from "../plan/step.ts";
import type { JournaledStep } from "../plan/journaled-step.ts";
import { trashName } from "./trash-name.ts";

/** What is known when an operation begins. */
export interface OperationBegin {
  readonly operationId: string;
  /** Epoch ms. */
  readonly startedAt: number;
  /** The names that are taken in the sessions directory. */
  readonly names: readonly string[];
}

/**
 * Decides what a plan leaves open: the stamp of every archive, the place of every file in the trash, and the operation's own
 * directory in a folder of outputs.
 * An archive whose name is taken gets the next free millisecond; one whose name would be too long goes to the trash.
 */
export function resolveSteps(part: PlanPart, begin: OperationBegin): readonly JournaledStep[] {
  // Made once, if at all: a plan has thousands of archives, or none. Who takes a name later keeps it, for no move overwrites a file.
  let taken: Set<string> | undefined;
  const takenNames = () => (taken ??= new Set(begin.names));
  const firstStamp = formatArchiveStamp(begin.startedAt);
  const target = (step: MoveFileStep, n: number): string => {
    if (step.to.as === "name") return step.to.name;
    if (step.to.as === "folder")
      return relative(part.store.realDir, join(step.to.folder, begin.operationId, step.to.name));
    if (step.to.as === "trash") return trashName(begin.operationId, n);
    for (let atMs = begin.startedAt; ; atMs += 1) {
      const stamp = atMs === begin.startedAt ? firstStamp : formatArchiveStamp(atMs);
      const name = stampedName(basename(step.from), step.to.reason, stamp);
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
