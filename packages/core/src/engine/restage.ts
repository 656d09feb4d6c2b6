import { dirname } from "node:path";
import type { ContentSource } from "../plan/content-source.ts";
import { appendJournal } from "./journal.ts";
import type { StagedRecord } from "./journal-record.ts";
import type { PartContext } from "./part-context.ts";
import { streamContent } from "./content.ts";
import { stageFile, type StagedContent } from "./stage-file.ts";
import { stagedPath } from "./staged-path.ts";

/** How the staged file of a step is to be made. */
export interface RestageOptions {
  readonly content: ContentSource;
  readonly mode: number;
  readonly owner: { readonly uid: number; readonly gid: number };
  readonly mtimeNs: bigint | undefined;
}

/**
 * Lays the new content of step `n` ready and notes it in the journal, unless it lies there complete from before a crash.
 * A half-written one of an earlier try is written again.
 */
export function restage(context: PartContext, n: number, options: RestageOptions): void {
  const content = stageAnew(context, n, { options, syncsLater: false });
  if (content !== undefined) context.unjournaled.push(stagedRecord(n, content));
  journalStaged(context);
}

/** The same, but the file is synced, and the journal learns of it, later: together with many others. */
export function stageForBatch(context: PartContext, n: number, options: RestageOptions): void {
  const content = stageAnew(context, n, { options, syncsLater: true });
  if (content !== undefined) noteStaged(context, n, { path: stagedPath(context, n), content });
}

/** Notes that the content of step `n` lies ready at a path of its own, to be synced and journaled with the others. */
export function noteStaged(
  context: PartContext,
  n: number,
  { path, content }: { readonly path: string; readonly content: StagedContent },
): void {
  context.unsynced.push(path);
  context.unjournaled.push(stagedRecord(n, content));
  context.stagedIn.add(dirname(path));
}

/**
 * Begins to bring to stable storage what was laid ready since the last time, and lets the caller go on meanwhile; what was begun
 * before is waited for first.
 */
export async function beginSync(context: PartContext): Promise<void> {
  const { host, unsynced, syncing } = context;
  await settleSync(context);
  if (unsynced.length === 0) return;
  // Whoever waits for it throws the error: one that nobody waits for yet would end the process.
  syncing.push(
    host.fs.syncFiles(unsynced.splice(0)).then(
      () => undefined,
      (reason: unknown) => ({ reason }),
    ),
  );
}

/** Waits until everything that was laid ready is on stable storage, and notes it in the journal. */
export async function journalBatch(context: PartContext): Promise<void> {
  await beginSync(context);
  await settleSync(context);
  journalStaged(context);
}

/** Waits for what is being synced. */
export async function settleSync({ syncing }: PartContext): Promise<void> {
  for (const failed of await Promise.all(syncing.splice(0))) if (failed !== undefined) throw failed.reason;
}

/** Undefined if it lies there from before. */
function stageAnew(
  context: PartContext,
  n: number,
  { options, syncsLater }: { readonly options: RestageOptions; readonly syncsLater: boolean },
): StagedContent | undefined {
  const { host, isRecovery, staged, recipes, held } = context;
  const { fs } = host;
  const path = stagedPath(context, n);
  // Before a crash nothing lies there but what this very run has laid there.
  if (!isRecovery && staged.has(n)) return undefined;
  if (isRecovery && fs.lstat(path) !== undefined) {
    if (staged.has(n)) return undefined;
    fs.unlink(path);
  }
  const { content, mode, owner, mtimeNs } = options;
  const stream = (take: (chunk: Uint8Array) => void) => streamContent(fs, content, { recipes, held, take });
  return stageFile(fs, { path, content: stream, mode, owner, mtimeNs, syncsLater });
}

function stagedRecord(n: number, { dev, ino, size, mtimeNs, sha256 }: StagedContent): StagedRecord {
  return { type: "staged", n, dev, ino, size, mtimeNs, sha256 };
}

function journalStaged({ host: { fs }, paths, staged, stagedIn, touched, unjournaled }: PartContext): void {
  if (unjournaled.length === 0) return;
  // The names first: a file that the journal knows and that is not there is taken for one that has been switched in.
  for (const dir of stagedIn.add(paths.dir)) {
    fs.syncDir(dir);
    touched.delete(dir);
  }
  stagedIn.clear();
  appendJournal(fs, paths.journal, unjournaled);
  // The hashes stand in the journal; only what a file is known by is needed while the operation goes on.
  for (const record of unjournaled) staged.set(record.n, record);
  unjournaled.length = 0;
}
