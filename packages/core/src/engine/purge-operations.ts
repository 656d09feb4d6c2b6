import { join } from "node:path";
import type { WriteFs } from "../disk/write-fs.ts";
import { StoreError } from "../store-error.ts";
import type { EngineHost } from "./engine-host.ts";
import { notOver } from "./not-over.ts";
import { lookAtStore, systemCallError } from "./operation-error.ts";
import { turnIntoMark, unmarkOpen } from "./open-operations.ts";
import { operationPaths, operationsDir } from "./operation-paths.ts";
import { readOperation, readOperations, type StoredOperation } from "./read-operation.ts";
import { withLocks } from "./with-locks.ts";
import { unlinkIfThere } from "./unlink-if-there.ts";

/** Which operations a purge takes. */
export interface PurgeSelection {
  /** Ended at least this long ago, in ms. */
  readonly olderThanMs: number;
  /** This operation only, whatever its age. */
  readonly operationId?: string | undefined;
}

/** What a purge gave back for good. */
export interface PurgedOperation {
  readonly id: string;
  readonly files: number;
  /** Bytes of the files that had no other name. */
  readonly reclaimedBytes: number;
}

/**
 * The operations that a purge would take, with what it would give back. Reads only.
 * @throws StoreError E_NOT_FOUND for an unknown id; E_REFUSED for an operation that is not over; E_JOURNAL_PENDING, E_IO
 */
export function planPurge(
  host: EngineHost,
  realDir: string,
  selection: PurgeSelection,
): readonly PurgedOperation[] {
  return lookAtStore(() => chosen(host, realDir, selection).map(({ id }) => measure(host.fs, realDir, id)));
}

/**
 * Deletes operations that are over, and with them what they retired into the trash: the one place where conversations are
 * destroyed. Writes nothing, so it works on a full disk; after a crash a second run goes on.
 * @throws StoreError E_NOT_FOUND for an unknown id; E_REFUSED for an operation that is not over; E_JOURNAL_PENDING for
 * one whose journal does not tell; E_LOCKED; E_IO
 */
export async function purgeOperations(
  host: EngineHost,
  realDir: string,
  selection: PurgeSelection & { readonly lockTimeoutMs: number },
): Promise<readonly PurgedOperation[]> {
  try {
    return await purgeChosen(host, realDir, selection);
  } catch (error) {
    throw systemCallError(error, "What is not purged yet stays until the next purge.");
  }
}

async function purgeChosen(
  host: EngineHost,
  realDir: string,
  selection: PurgeSelection & { readonly lockTimeoutMs: number },
): Promise<readonly PurgedOperation[]> {
  if (chosen(host, realDir, selection).length === 0) return [];
  return withLocks(host, { dirs: [realDir], timeoutMs: selection.lockTimeoutMs }, () =>
    chosen(host, realDir, selection).map(({ id }) => {
      const purged = measure(host.fs, realDir, id);
      remove(host.fs, realDir, id);
      return purged;
    }),
  );
}

function chosen(host: EngineHost, realDir: string, selection: PurgeSelection): readonly StoredOperation[] {
  const operations = readOperations(host.fs, realDir);
  if (selection.operationId !== undefined) return [named(host.fs, operations, selection.operationId)];
  const latest = host.clock.now() - selection.olderThanMs;
  return operations.filter(
    (operation) => isOver(host.fs, operation) && (operation.record?.end?.endedAt ?? latest) <= latest,
  );
}

/** Over in every store that it changed: where it is not, the other stores' journals tell how to finish it. */
function isOver(fs: WriteFs, { id, realDir, record }: StoredOperation): boolean {
  if (record?.end === undefined) return false;
  return record.begin.parts.every((dir) => {
    const other = dir === realDir ? record : readOperation(fs, dir, id).record;
    return other === undefined || other.end !== undefined;
  });
}

function named(fs: WriteFs, operations: readonly StoredOperation[], id: string): StoredOperation {
  const operation = operations.find((one) => one.id === id);
  if (operation === undefined) {
    throw new StoreError("E_NOT_FOUND", `There is no operation ${id} on this store. Nothing was changed.`, {
      hint: "See `sessionsmith operations`.",
      details: { operation: id },
    });
  }
  if (isOver(fs, operation)) return operation;
  throw notOver(fs, operation);
}

function measure(fs: WriteFs, realDir: string, id: string): PurgedOperation {
  const { files, indexBefore } = operationPaths(realDir, id);
  const facts = [...trashedPaths(fs, files), indexBefore]
    .map((path) => fs.lstat(path))
    .filter((fact) => fact !== undefined);
  const reclaimedBytes = facts.reduce((sum, fact) => sum + (fact.nlink === 1 ? fact.size : 0), 0);
  return { id, files: trashedPaths(fs, files).length, reclaimedBytes };
}

/** The journal goes last: until then the folder can be understood, and a second run can finish. */
function remove(fs: WriteFs, realDir: string, id: string): void {
  const paths = operationPaths(realDir, id);
  for (const path of [...trashedPaths(fs, paths.files), paths.indexBefore]) unlinkIfThere(fs, path);
  if (fs.lstat(paths.files) !== undefined) fs.removeDir(paths.files);
  fs.syncDir(paths.dir);
  turnIntoMark(fs, { realDir, id }, paths.journal);
  fs.removeDir(paths.dir);
  fs.syncDir(operationsDir(realDir));
  unmarkOpen(fs, { realDir, id });
}

function trashedPaths(fs: WriteFs, files: string): readonly string[] {
  return (fs.readdir(files) ?? []).map((name) => join(files, name));
}
