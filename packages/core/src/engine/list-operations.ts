import type { WriteFs } from "../disk/write-fs.ts";
import { lookAtStore } from "./operation-error.ts";
import { readOperations, type StoredOperation } from "./read-operation.ts";

/** One line of the list of operations. */
export interface OperationSummary {
  readonly id: string;
  /** Epoch ms at which it began; undefined if a crash came before it could say. */
  readonly startedAt: number | undefined;
  readonly command: string | undefined;
  readonly agentId: string | undefined;
  /** The sessions directory with links resolved. */
  readonly realDir: string;
  /** The sessions directories of all stores that it changed. */
  readonly parts: readonly string[];
  /** Rows and files that it changed, and the bytes of these files. */
  readonly rows: number;
  readonly files: number;
  readonly bytes: number;
  /** `interrupted` operations are finished or taken back by the next command that writes. */
  readonly state: "done" | "rolled-back" | "interrupted" | "undone" | "partly-undone";
  /** The last operation that took this one back, wholly or in part. */
  readonly undoneBy: string | undefined;
  readonly warnings: readonly string[];
}

/**
 * The operations of one store, newest first.
 * @throws StoreError E_JOURNAL_PENDING for a journal that can't be understood; E_IO
 */
export function listOperations(fs: WriteFs, realDir: string): readonly OperationSummary[] {
  const newestFirst = lookAtStore(() => readOperations(fs, realDir)).toReversed();
  const undoneBy = new Map<string, Undo>();
  for (const { id, record } of newestFirst) {
    // An undo that was itself taken back leaves its target done; it is newer, so it is known by now.
    if (record?.state !== "done" || record.begin.command !== "undo" || undoneBy.get(id)?.isWhole === true)
      continue;
    const { operation: target, left } = record.begin.policy;
    if (typeof target === "string" && !undoneBy.has(target))
      undoneBy.set(target, { id, isWhole: left === undefined && !undoneBy.has(id) });
  }
  return newestFirst.map((operation) => summarize(operation, undoneBy.get(operation.id)));
}

/** The operation that took another one back. */
interface Undo {
  readonly id: string;
  /** False if it left something as it was. */
  readonly isWhole: boolean;
}

function summarize({ id, realDir, record }: StoredOperation, undo: Undo | undefined): OperationSummary {
  const ended = record?.end?.state ?? "interrupted";
  return {
    id,
    startedAt: record?.begin.startedAt,
    command: record?.begin.command,
    agentId: record?.begin.agentId,
    realDir,
    parts: record?.begin.parts ?? [realDir],
    rows: record?.begin.summary.rows ?? 0,
    files: record?.begin.summary.files ?? 0,
    bytes: record?.begin.summary.bytes ?? 0,
    state: undo === undefined ? ended : stateAfter(undo),
    undoneBy: undo?.id,
    warnings: record?.end?.warnings ?? [],
  };
}

function stateAfter({ isWhole }: Undo): OperationSummary["state"] {
  return isWhole ? "undone" : "partly-undone";
}
