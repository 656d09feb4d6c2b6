import { basename } from "node:path";
import type { Host } from "../disk/host.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import { classifyFileName } from "../layout/classify-file-name.ts";
import { promptBlobPath } from "../layout/prompt-blob-path.ts";
import type { UndoInput, UndoReferences } from "../plan/undo-input.ts";
import type { IndexDocument } from "../session-index/index-document.ts";
import { isReadableIndex } from "../session-index/unreadable-index.ts";
import { addPromptBlobs } from "../snapshot/prompt-blobs.ts";
import { readPromptHashes } from "../snapshot/prompt-references.ts";
import { protectSharedFiles } from "../snapshot/protect-shared-files.ts";
import { buildReferenceGraph, type ReferenceContext } from "../snapshot/reference-graph.ts";
import { referenceContext } from "../snapshot/reference-context.ts";
import { type NamedFile, relateFiles } from "../snapshot/related-files.ts";
import { scanStore, type ScanStoreOptions } from "../snapshot/scan-store.ts";
import type { StoreSnapshot } from "../snapshot/store-snapshot.ts";
import { placeRows } from "../snapshot/transcript-candidates.ts";
import type { BeginRecord } from "./journal-record.ts";
import { partDir } from "./operation-part.ts";
import type { OperationRecord } from "./operation-state.ts";
import { readOperations } from "./read-operation.ts";

/** What is known if no index tells, or nobody needs to know. */
export const noReferences: UndoReferences = {
  present: new Map(),
  before: new Map(),
  elsewhere: new Set(),
  leftSince: new Set(),
  writtenSince: new Set(),
};

/** Scans the store of one part, with what other indexes protect. @throws StoreError as `scanStore` does */
export function scanForUndo(
  host: Host,
  begin: BeginRecord,
  {
    index,
    otherIndexPaths,
  }: Required<Pick<ScanStoreOptions, "index">> & { readonly otherIndexPaths: readonly string[] },
): StoreSnapshot {
  const { indexPath, agentId } = begin;
  const place = { indexPath, sessionsDir: partDir(begin), agentId } as const;
  const target = { ...place, origin: "store-flag", shared: false } as const;
  const snapshot = scanStore(host, target, { nowMs: host.clock.now(), index });
  return protectSharedFiles(host.fs, addPromptBlobs(host.fs, snapshot), otherIndexPaths);
}

/**
 * Finds which files the rows need: those of the index as it is, and those of the index that the operation found. The names that the
 * operation took away, and later ones, count as if they were there.
 */
export function undoReferences(
  fs: WriteFs,
  snapshot: StoreSnapshot,
  {
    input: { steps, index, indexPath },
    record: { begin, end },
  }: { readonly input: Pick<UndoInput, "steps" | "index" | "indexPath">; readonly record: OperationRecord },
): UndoReferences {
  const files = new Map<string, NamedFile>(snapshot.files);
  const gone = leftSince(fs, snapshot, begin.operationId);
  const taken = steps.flatMap((step) => (step.kind === "move-file" ? [step.from] : []));
  for (const name of [...taken, ...gone]) {
    if (files.has(name)) continue;
    files.set(name, { name, nameClass: classifyFileName(name, { indexName: basename(indexPath) }) });
  }
  const context = { ...referenceContext(fs, snapshot), related: relateFiles(files) };
  const before = index?.before;
  return {
    present: filesByRow(snapshot.document, context),
    before: before !== undefined && isReadableIndex(before) ? filesByRow(before, context) : new Map(),
    elsewhere: snapshot.references.protectedElsewhere,
    leftSince: gone,
    writtenSince: writtenSince(snapshot, end?.endedAt ?? begin.startedAt),
  };
}

function leftSince(fs: WriteFs, { realDir, files }: StoreSnapshot, id: string): ReadonlySet<string> {
  const later = readOperations(fs, realDir).filter((one) => one.id > id && one.record?.state === "done");
  const moves = later.flatMap(({ record }) => record?.steps ?? []);
  return new Set(
    moves.flatMap((step) => (step.kind === "move-file" && !files.has(step.from) ? [step.from] : [])),
  );
}

function writtenSince({ files }: StoreSnapshot, endedAtMs: number): ReadonlySet<string> {
  const endedNs = BigInt(endedAtMs) * 1_000_000n;
  const names = new Set<string>();
  for (const { name, nameClass, fact } of files.values())
    if (nameClass.kind === "transcript" && fact.mtimeNs > endedNs) names.add(name);
  return names;
}

/** The files that rows reference, and the prompts of skills that they name, whether they are there or not. */
function filesByRow(document: IndexDocument, context: ReferenceContext): UndoReferences["present"] {
  const found = new Map(
    buildReferenceGraph(document, placeRows(document, context.place), context).filesByRow,
  );
  for (const row of document.rows) {
    const prompts = readPromptHashes(document, row).map(promptBlobPath);
    if (prompts.length > 0) found.set(row.key, [...(found.get(row.key) ?? []), ...prompts]);
  }
  return found;
}
