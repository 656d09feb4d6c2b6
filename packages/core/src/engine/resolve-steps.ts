import { basename, join, relative } from "node:path";
import { formatArchiveStamp, stampedName } from "../layout/archive-stamp.ts";
import type { JournaledStep } from "../plan/journaled-step.ts";
import type { PlanPart } from "../plan/plan.ts";
import type { MoveFileStep, MoveTarget, Step } from "../plan/step.ts";
import { LazySequence, type Sequence, viewOf } from "../sequence.ts";
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
export function resolveSteps(part: PlanPart, begin: OperationBegin): Sequence<JournaledStep> {
  const { steps } = part;
  // Made when the first is asked for: most plans have none, and all steps are read for them.
  let archives: ReadonlyMap<number, string> | undefined;
  const resolve = (step: Step, n: number): JournaledStep => {
    if (step.kind === "write-output" && step.folder !== undefined)
      return { ...step, path: join(step.folder, begin.operationId, step.path) };
    if (step.kind !== "move-file") return step;
    if (step.to.as === "archive") archives ??= archiveNames(steps, begin);
    const to = archives?.get(n) ?? placeOf(step.to, n, { part, begin });
    return step.to.as === "folder" ? { ...step, to, makesDirs: true } : { ...step, to };
  };
  return steps instanceof LazySequence ? viewOf(steps, resolve) : steps.map(resolve);
}

/** Where a file goes that is not archived, or whose archive would have too long a name. */
function placeOf(
  to: MoveTarget,
  n: number,
  { part, begin }: { readonly part: PlanPart; readonly begin: OperationBegin },
): string {
  if (to.as === "name") return to.name;
  if (to.as === "folder") return relative(part.store.realDir, join(to.folder, begin.operationId, to.name));
  return trashName(begin.operationId, n);
}

/** The names of the archives, by step number. Who takes a name later keeps it, for no move overwrites a file. */
function archiveNames(
  steps: Sequence<Step>,
  { startedAt, names }: OperationBegin,
): ReadonlyMap<number, string> {
  const archives = new Map<number, string>();
  // Made once, if at all: a plan has thousands of archives, or none.
  let taken: Set<string> | undefined;
  const firstStamp = formatArchiveStamp(startedAt);
  for (const [n, step] of steps.entries()) {
    if (step.kind !== "move-file" || step.to.as !== "archive") continue;
    taken ??= new Set(names);
    const name = freeName(step, step.to.reason, { startedAt, firstStamp, taken });
    if (name === undefined) continue;
    taken.add(name);
    archives.set(n, name);
  }
  return archives;
}

function freeName(
  { from }: MoveFileStep,
  reason: "deleted" | "reset" | "bak",
  {
    startedAt,
    firstStamp,
    taken,
  }: { readonly startedAt: number; readonly firstStamp: string; readonly taken: ReadonlySet<string> },
): string | undefined {
  for (let atMs = startedAt; ; atMs += 1) {
    const stamp = atMs === startedAt ? firstStamp : formatArchiveStamp(atMs);
    const name = stampedName(basename(from), reason, stamp);
    if (name === undefined || !taken.has(name)) return name;
  }
}
