import { join } from "node:path";
import type { WriteFs } from "../disk/write-fs.ts";
import type { JournaledMove, JournaledStep } from "../plan/journaled-step.ts";
import { packedPath } from "./packed-file.ts";
import type { OperationRecord } from "./operation-state.ts";
import { readOperations } from "./read-operation.ts";
import { isTrash } from "./trash-name.ts";

/**
 * The steps of an operation, each move with the place where its file is now: if an undo had brought it back from the trash and was
 * itself taken back, the file lies in the trash of that. Other journals are read only if a file is missing.
 */
export function stepsWithPlaces(
  fs: WriteFs,
  steps: OperationRecord["steps"],
  realDir: string,
): readonly JournaledStep[] {
  let moves: readonly JournaledMove[] | undefined;
  const isThere = (name: string) =>
    [join(realDir, name), packedPath(join(realDir, name))].some((path) => fs.lstat(path) !== undefined);
  return steps.map((step) => {
    if (step.kind !== "move-file" || !isTrash(step.to) || isThere(step.to)) return step;
    moves ??= movesOfUndos(fs, realDir);
    const again = moves.find((move) => isSameFile(move, step) && isThere(move.to));
    return again === undefined ? step : { ...step, to: again.to };
  });
}

/** The moves into the trash that undos made, newest first. */
function movesOfUndos(fs: WriteFs, realDir: string): readonly JournaledMove[] {
  return readOperations(fs, realDir)
    .flatMap(({ record }) =>
      record?.state === "done" && record.begin.command === "undo" ? record.steps : [],
    )
    .flatMap((step) => (step.kind === "move-file" && isTrash(step.to) ? [step] : []))
    .toReversed();
}

/** By name, size and time, to the microsecond: what was packed came back as another file. */
function isSameFile(a: JournaledMove, b: JournaledMove): boolean {
  return a.from === b.from && a.expect.size === b.expect.size && microseconds(a) === microseconds(b);
}

function microseconds({ expect }: JournaledMove): bigint {
  return BigInt(expect.mtimeNs) / 1000n;
}
