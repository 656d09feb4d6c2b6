import type { ContentSource } from "../plan/content-source.ts";
import { appendJournal } from "./journal.ts";
import type { PartContext } from "./part-context.ts";
import { streamContent } from "./content.ts";
import { stageFile } from "./stage-file.ts";
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
  stageAnew(context, n, { ...options, syncsLater: false });
  journalStaged(context);
}

/** The same, but the file is synced, and the journal learns of it, only in {@link journalBatch}: together with many others. */
export function stageForBatch(context: PartContext, n: number, options: RestageOptions): void {
  stageAnew(context, n, { ...options, syncsLater: true });
}

/** Brings to stable storage what was laid ready since the last time, and notes it in the journal. */
export async function journalBatch(context: PartContext): Promise<void> {
  const { host, unjournaled } = context;
  await host.fs.syncFiles(unjournaled.map(({ n }) => stagedPath(context, n)));
  journalStaged(context);
}

function stageAnew(
  context: PartContext,
  n: number,
  options: RestageOptions & { readonly syncsLater: boolean },
): void {
  const { fs } = context.host;
  const path = stagedPath(context, n);
  if (fs.lstat(path) !== undefined) {
    if (context.staged.has(n)) return;
    fs.unlink(path);
  }
  const content = stageFile(fs, {
    ...options,
    path,
    content: (take) => streamContent(fs, options.content, { recipes: context.recipes, take }),
  });
  context.unjournaled.push({ type: "staged", n, ...content });
}

function journalStaged({ host: { fs }, paths, staged, unjournaled }: PartContext): void {
  if (unjournaled.length === 0) return;
  // The names first: a file that the journal knows and that is not there is taken for one that has been switched in.
  fs.syncDir(paths.dir);
  appendJournal(fs, paths.journal, unjournaled);
  for (const record of unjournaled) staged.set(record.n, record);
  unjournaled.length = 0;
}
