import { createHash } from "node:crypto";
import { join } from "node:path";
import type { FileFact } from "../disk/read-fs.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import { readWholeFile } from "../disk/read-bytes.ts";
import { sha256OfFile } from "../disk/sha256-of-file.ts";
import type { JournaledStep } from "../plan/journaled-step.ts";
import type { KeptFile, UndoInput, WrittenIndex } from "../plan/undo-input.ts";
import type { WriteIndexStep } from "../plan/step.ts";
import { corruptIndexError } from "../session-index/corrupt-index-error.ts";
import type { IndexDocument } from "../session-index/index-document.ts";
import { readIndex } from "../session-index/read-index.ts";
import { type UnreadableIndex, unreadableIndex } from "../session-index/unreadable-index.ts";
import { scanIndex } from "../session-index/scan-index.ts";
import { spliceIndex } from "../session-index/splice-index.ts";
import { StoreError } from "../store-error.ts";
import { liesPlainly } from "./lies-plainly.ts";
import { packedPath } from "./packed-file.ts";
import { partDir } from "./operation-part.ts";
import { operationPaths } from "./operation-paths.ts";
import type { OperationRecord } from "./operation-state.ts";
import { pathInStore } from "./path-in-store.ts";
import { stepsWithPlaces } from "./steps-with-places.ts";
import { isTrash, trashName } from "./trash-name.ts";

/** Bytes of a file that is read whole for an undo. */
const wholeFileLimitBytes = 2 ** 31 - 1;

/**
 * Reads what it takes to plan an undo of one part of an operation that is done.
 * @param undo what is taken back, and the index as it is now
 * @throws StoreError E_NOT_FOUND if the index that the operation kept was purged; E_CORRUPT_INDEX if it can't be read
 */
export function readUndoInput(
  fs: WriteFs,
  record: OperationRecord,
  { present, only }: Pick<UndoInput, "only" | "present">,
): Omit<UndoInput, "references"> {
  const { begin, staged } = record;
  const realDir = partDir(begin);
  const steps = stepsWithPlaces(fs, record.steps, realDir);
  return {
    operationId: begin.operationId,
    agentId: begin.agentId,
    indexPath: begin.indexPath,
    realDir,
    only,
    steps,
    made: staged,
    replaced: replacedFiles(fs, record, realDir),
    packed: packedFiles(fs, steps, realDir),
    index: only === "files" ? undefined : writtenIndex(fs, record, realDir),
    isIndexAsBefore: begin.indexBefore?.sha256 === present.sha256,
    present,
    factOf: (name) => factInStore(fs, realDir, name),
    sha256Of: (name) => fs.withFile(join(realDir, name), sha256OfFile),
  };
}

/** What is at a name. There is nothing below a file, and what is behind a link is not the store's. */
function factInStore(fs: WriteFs, realDir: string, name: string): FileFact | undefined {
  return isTrash(name) || liesPlainly(fs, realDir, name) ? fs.lstat(pathInStore(realDir, name)) : undefined;
}

function writtenIndex(
  fs: WriteFs,
  { begin, steps }: OperationRecord,
  realDir: string,
): WrittenIndex | undefined {
  const written = steps.find((step) => step.kind === "write-index");
  if (written === undefined) return undefined;
  const path = operationPaths(realDir, begin.operationId).indexBefore;
  if (begin.indexBefore === null)
    return { path, mtimeNs: 0n, before: undefined, after: indexAfter(fs, written, Buffer.alloc(0)) };
  const before = readKept(fs, path);
  const after = indexAfter(fs, written, before.index.bytes);
  return { path, mtimeNs: before.mtimeNs, before: before.index, after };
}

/** What the operation wrote: its edits on the index that it kept, or, for an undo, on the one that an earlier operation kept. */
function indexAfter(fs: WriteFs, { content, path }: WriteIndexStep, before: Buffer): AnyIndex {
  if (content.source !== "splice") throw new Error("an index is always written by splicing");
  const bytes = content.path === path ? before : readKept(fs, content.path).index.bytes;
  const after = Buffer.concat(spliceIndex(bytes, content.edits));
  const scan = scanIndex(after);
  return scan.readable ? scan.document : unreadableIndex(after);
}

/** An index that was kept; of one that a repair found, maybe only the bytes. */
type AnyIndex = IndexDocument | UnreadableIndex;

function readKept(fs: WriteFs, path: string): { readonly index: AnyIndex; readonly mtimeNs: bigint } {
  const read = readIndex(fs, path);
  if (read.state === "readable") return { index: read.document, mtimeNs: read.fingerprint.mtimeNs };
  if (read.state === "unreadable" && read.content !== undefined && read.fingerprint !== undefined)
    return { index: read.content, mtimeNs: read.fingerprint.mtimeNs };
  if (read.state === "unreadable") throw corruptIndexError(path, read.failure);
  throw new StoreError("E_NOT_FOUND", `There is no ${path}: the operation was purged. Nothing was changed.`, {
    hint: "What was purged can't be taken back.",
    details: { path },
  });
}

function replacedFiles(
  fs: WriteFs,
  { begin, steps }: OperationRecord,
  realDir: string,
): ReadonlyMap<number, KeptFile> {
  const replaced = new Map<number, KeptFile>();
  for (const [n, step] of steps.entries()) {
    if (step.kind !== "write-file" || step.replaces === null) continue;
    const kept = keptFile(fs, join(realDir, trashName(begin.operationId, n)));
    if (kept !== undefined) replaced.set(n, kept);
  }
  return replaced;
}

function packedFiles(
  fs: WriteFs,
  steps: readonly JournaledStep[],
  realDir: string,
): ReadonlyMap<number, KeptFile> {
  const packed = new Map<number, KeptFile>();
  for (const [n, step] of steps.entries()) {
    if (step.kind !== "move-file" || !isTrash(step.to) || fs.lstat(join(realDir, step.to)) !== undefined)
      continue;
    const kept = keptFile(fs, packedPath(join(realDir, step.to)));
    if (kept !== undefined) packed.set(n, kept);
  }
  return packed;
}

function keptFile(fs: WriteFs, path: string): KeptFile | undefined {
  const file = readWholeFile(fs, path, wholeFileLimitBytes);
  if (file.state !== "read") return undefined;
  const { size, mode, mtimeNs } = file.fact;
  return { path, size, sha256: createHash("sha256").update(file.bytes).digest("hex"), mode, mtimeNs };
}
