import { basename, join, sep } from "node:path";
import type { JournaledStep } from "../plan/journaled-step.ts";
import { partDir } from "./operation-part.ts";
import type { OperationRecord } from "./operation-state.ts";

/**
 * A journal names its stores by absolute paths. Of a store that was moved or copied they are those of the place that it had then: here
 * they become those of the place in which the journal lies, so that nobody works on the store that may be there still.
 * @param realDir the sessions directory in which the journal lies
 */
export function relocateRecord(record: OperationRecord, realDir: string): OperationRecord {
  const { begin, steps } = record;
  const formerDir = partDir(begin);
  if (formerDir === realDir) return record;
  const moved = mover(formerDir, realDir);
  const indexPath = join(realDir, basename(begin.indexPath));
  const placed = (path: string): string => (path === begin.indexPath ? indexPath : moved(path));
  return {
    ...record,
    formerDir,
    begin: {
      ...begin,
      indexPath,
      parts: begin.parts.map((dir, n) => (n === begin.part ? realDir : moved(dir))),
    },
    steps: steps.map((step) => placeStep(step, placed)),
  };
}

/** Only the index is known to a step by its path; all other names are relative to the sessions directory. */
function placeStep(step: JournaledStep, placed: (path: string) => string): JournaledStep {
  if (step.kind !== "write-index") return step;
  const { content } = step;
  return {
    ...step,
    path: placed(step.path),
    content: content.source === "splice" ? { ...content, path: placed(content.path) } : content,
  };
}

/** What both directories end with stayed as it is: the stores of one state directory move together. */
function mover(formerDir: string, realDir: string): (path: string) => string {
  const former = formerDir.split(sep);
  const present = realDir.split(sep);
  while (former.length > 1 && present.length > 1 && former.at(-1) === present.at(-1)) {
    former.pop();
    present.pop();
  }
  const [from, to] = [former.join(sep), present.join(sep)];
  return (path) => (path === from || path.startsWith(from + sep) ? to + path.slice(from.length) : path);
}
