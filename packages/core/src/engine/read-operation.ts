import { type JournalRead, readJournal } from "./journal.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import { isOperationId } from "./operation-id.ts";
import { operationPaths, operationsDir } from "./operation-paths.ts";
import { relocateRecord } from "./relocate-record.ts";
import { operationOf, type OperationRecord } from "./operation-state.ts";

/** An operation's folder in one store. `record` is undefined if a crash came before its first line was whole. */
export interface StoredOperation {
  readonly id: string;
  readonly realDir: string;
  readonly journal: JournalRead | undefined;
  readonly record: OperationRecord | undefined;
}

/** The operations of one store, oldest first. @throws StoreError E_JOURNAL_PENDING for a journal that can't be understood. */
export function readOperations(fs: WriteFs, realDir: string): readonly StoredOperation[] {
  const ids = fs.readdir(operationsDir(realDir)) ?? [];
  return ids.filter(isOperationId).map((id) => readOperation(fs, realDir, id));
}

/** One operation of a store, whether or not its folder exists. */
export function readOperation(fs: WriteFs, realDir: string, id: string): StoredOperation {
  const journal = readJournal(fs, operationPaths(realDir, id).journal);
  const record = journal === undefined ? undefined : operationOf(journal.records);
  return { id, realDir, journal, record: record && relocateRecord(record, realDir) };
}

/** Tells whether an operation was interrupted. */
export function isUnfinished({ record }: StoredOperation): boolean {
  return record === undefined || (record.state !== "done" && record.state !== "rolled-back");
}
