import { basename, join } from "node:path";
import type { WriteFs } from "../disk/write-fs.ts";
import type { JournaledStep } from "../plan/journaled-step.ts";
import { lookAtStore } from "./operation-error.ts";
import { packedPath } from "./packed-file.ts";
import { operationPaths } from "./operation-paths.ts";
import { readOperations, type StoredOperation } from "./read-operation.ts";
import { trashName } from "./trash-name.ts";

/** A file that lies in the trash of an operation, until it is restored or purged. */
export interface TrashedFile {
  readonly operationId: string;
  /** Name that it had in the sessions directory. */
  readonly name: string;
  /** Absolute path at which it lies now; packed, if it ends with `.gz`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Epoch ms at which the operation began. */
  readonly trashedAt: number;
  readonly reason: string;
}

/**
 * The trash of one store, oldest operation first: retired files, and the index as each operation found it.
 * @throws StoreError E_JOURNAL_PENDING for a journal that can't be understood; E_IO
 */
export function listTrash(fs: WriteFs, realDir: string): readonly TrashedFile[] {
  return lookAtStore(() => readOperations(fs, realDir).flatMap((operation) => trashOf(fs, operation)));
}

function trashOf(fs: WriteFs, { id, realDir, record }: StoredOperation): readonly TrashedFile[] {
  if (record === undefined) return [];
  const { begin, steps } = record;
  const { indexBefore } = operationPaths(realDir, id);
  const named = steps.flatMap((step, n) => {
    const from = nameInTrash(step, n, id);
    return from === undefined ? [] : [{ ...from, path: join(realDir, trashName(id, n)) }];
  });
  const index = { name: basename(begin.indexPath), path: indexBefore, reason: "index before the operation" };
  return [...named, index].flatMap((file) => {
    const path = [file.path, packedPath(file.path)].find((place) => fs.lstat(place) !== undefined);
    const fact = path === undefined ? undefined : fs.lstat(path);
    if (path === undefined || fact === undefined) return [];
    return [{ ...file, path, operationId: id, size: fact.size, trashedAt: begin.startedAt }];
  });
}

/** What a step put into the trash; undefined if it puts nothing there. */
function nameInTrash(
  step: JournaledStep,
  n: number,
  operationId: string,
): Pick<TrashedFile, "name" | "reason"> | undefined {
  if (step.kind === "move-file")
    return step.to === trashName(operationId, n) ? { name: step.from, reason: step.reason } : undefined;
  const isReplacement = step.kind === "write-file" && step.replaces !== null;
  return isReplacement ? { name: step.name, reason: step.reason } : undefined;
}
