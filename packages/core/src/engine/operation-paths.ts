import { join } from "node:path";

/** The directory inside a sessions directory that is ours; OpenClaw looks only at regular files there, so it leaves it alone. */
export const ownDirName = ".sessionsmith";

/** Where an operation on a store keeps its journal and what it retired; every path is absolute. */
export interface OperationPaths {
  readonly dir: string;
  readonly journal: string;
  /** A second name of the index as it was before. */
  readonly indexBefore: string;
  /** Retired files, by number. */
  readonly files: string;
}

/** Paths of the operation `operationId` on the store in `realDir`. */
export function operationPaths(realDir: string, operationId: string): OperationPaths {
  const dir = join(operationsDir(realDir), operationId);
  return {
    dir,
    journal: join(dir, "journal.jsonl"),
    indexBefore: join(dir, "index.before"),
    files: join(dir, "files"),
  };
}

/** The directory that holds one directory an operation. */
export function operationsDir(realDir: string): string {
  return join(realDir, ownDirName, "operations");
}

/** The directory that names the operations that are not over. */
export function openDir(realDir: string): string {
  return join(realDir, ownDirName, "open");
}

/** The file that keeps what is known of sessions that ended. */
export function ledgerPath(realDir: string): string {
  return join(realDir, ownDirName, "ledger.jsonl");
}
