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
  readonly state: "done" | "rolled-back" | "interrupted" | "undone";
  /** The later operation that took this one back. */
  readonly undoneBy: string | undefined;
  readonly warnings: readonly string[];
}

/**
 * The operations of one store, newest first.
 * @throws StoreError E_JOURNAL_PENDING for a journal that can't be understood; E_IO
 */
export function listOperations(fs: WriteFs, realDir: string): readonly OperationSummary[] {
  const newestFirst = lookAtStore(() => readOperations(fs, realDir)).toReversed();
  const undoneBy = new Map<string, string>();
  for (const { id, record } of newestFirst) {
    const target = record?.begin.policy["operation"];
    // An undo that was itself taken back leaves its target done; it is newer, so it is known by now.
    if (record?.state !== "done" || record.begin.command !== "undo" || undoneBy.has(id)) continue;
    if (typeof target === "string") undoneBy.set(target, id);
  }
  return newestFirst.map((operation) => summarize(operation, undoneBy.get(operation.id)));
}

function summarize({ id, realDir, record }: StoredOperation, undoneBy: string | undefined): OperationSummary {
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
    state: undoneBy === undefined ? ended : "undone",
    undoneBy,
    warnings: record?.end?.warnings ?? [],
  };
}
