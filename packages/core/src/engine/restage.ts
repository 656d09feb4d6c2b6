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
  stageUnjournaled(context, n, options);
  journalStaged(context);
}

/** The same, but the journal learns of it only from {@link journalStaged}: two syncs for many files instead of two for each. */
export function stageUnjournaled(context: PartContext, n: number, options: RestageOptions): void {
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

/** Notes in the journal what was laid ready since the last time. */
export function journalStaged({ host: { fs }, paths, staged, unjournaled }: PartContext): void {
  if (unjournaled.length === 0) return;
  // The names first: a file that the journal knows and that is not there is taken for one that has been switched in.
  fs.syncDir(paths.dir);
  appendJournal(fs, paths.journal, unjournaled);
  for (const record of unjournaled) staged.set(record.n, record);
  unjournaled.length = 0;
}
