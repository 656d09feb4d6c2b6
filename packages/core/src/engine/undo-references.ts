import { basename } from "node:path";
import type { Host } from "../disk/host.ts";
import type { ReadFs } from "../disk/read-fs.ts";
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

/** What is known if no index tells, or nobody needs to know. */
export const noReferences: UndoReferences = { present: new Map(), before: new Map(), elsewhere: new Set() };

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
 * operation took away count as if they were there.
 */
export function undoReferences(
  fs: ReadFs,
  snapshot: StoreSnapshot,
  { steps, index, indexPath }: Pick<UndoInput, "steps" | "index" | "indexPath">,
): UndoReferences {
  const files = new Map<string, NamedFile>(snapshot.files);
  for (const step of steps) {
    if (step.kind !== "move-file" || files.has(step.from)) continue;
    const nameClass = classifyFileName(step.from, { indexName: basename(indexPath) });
    files.set(step.from, { name: step.from, nameClass });
  }
  const context = { ...referenceContext(fs, snapshot), related: relateFiles(files) };
  const before = index?.before;
  return {
    present: filesByRow(snapshot.document, context),
    before: before !== undefined && isReadableIndex(before) ? filesByRow(before, context) : new Map(),
    elsewhere: snapshot.references.protectedElsewhere,
  };
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
