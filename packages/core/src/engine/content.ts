import type { HeldFiles } from "../disk/held-files.ts";
import type { ReadableFile } from "../disk/read-fs.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import {
  type ContentSource,
  type DeriveSource,
  inlineLimitBytes,
  type SourceFile,
  type SpliceSource,
} from "../plan/content-source.ts";
import type { Sequence } from "../sequence.ts";
import type { Recipes } from "../plan/recipe.ts";
import { changedSource } from "./changed-source.ts";
import { gatherChunks, openChunks } from "./chunked-copy.ts";
import { packError } from "./packed-file.ts";
import { ReopenedFiles } from "./reopened-files.ts";

/** How content is made. */
export interface StreamOptions {
  readonly recipes: Recipes;
  /** What was read for the content before; for one that stands alone a new one. */
  readonly held: HeldFiles;
  readonly take: (chunk: Uint8Array) => void;
}

/**
 * Hands the bytes of `content` to `take`, chunk by chunk; a chunk is only valid during the call.
 * @throws StoreError E_STALE_PLAN if a source file is not the one that the plan was made for
 */
export function streamContent(fs: WriteFs, content: ContentSource, options: StreamOptions): void {
  if (content.source === "inline") options.take(inlineBytes(content.text));
  else if (content.source === "splice") streamSplice(fs, content, options.take);
  else streamDerived(fs, content, options);
}

function inlineBytes(text: string): Uint8Array {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length > inlineLimitBytes) throw new Error(`an inline source of ${bytes.length} bytes`);
  return bytes;
}

function streamSplice(
  fs: WriteFs,
  { path, size, sha256, edits }: SpliceSource,
  take: (chunk: Uint8Array) => void,
): void {
  // Of an empty file, or of none, nothing is read: what is there now is the business of the step.
  if (size === 0) {
    for (const { insert } of edits) take(Buffer.from(insert, "utf8"));
    return;
  }
  withSource(fs, { path, size, sha256 }, (file) => {
    const source = openChunks(file, { size, onShort: () => changedSource(path) });
    const output = gatherChunks(take);
    for (const edit of edits) {
      source.passTo(edit.at, output.put);
      source.passTo(edit.at + edit.remove, () => {});
      if (edit.insert !== "") output.put(Buffer.from(edit.insert, "utf8"));
    }
    source.passTo(size, output.put);
    if (source.sha256() !== sha256) throw changedSource(path);
    output.flush();
  });
}

function streamDerived(fs: WriteFs, source: DeriveSource, { recipes, held, take }: StreamOptions): void {
  const recipe = recipes.get(source.recipe);
  if (recipe === undefined) throw new Error(`unknown recipe ${source.recipe}`);
  withSources(fs, { inputs: source.inputs, held }, (files) => {
    try {
      for (const chunk of recipe(files, source.params, source.inputs)) take(chunk);
    } catch (error) {
      throw packError(error, source.inputs.at(0)?.path ?? "");
    }
  });
}

/** One input stays open, or in memory; of several, each is opened when it is read, so that there may be any number of them. */
function withSources(
  fs: WriteFs,
  { inputs, held }: { readonly inputs: Sequence<SourceFile>; readonly held: HeldFiles },
  use: (files: Sequence<ReadableFile>) => void,
): void {
  const only = inputs.length === 1 ? inputs.at(0) : undefined;
  if (only === undefined) {
    const files = new ReopenedFiles(fs, inputs);
    use(files.files());
    files.confirm();
  } else
    withSource(fs, only, (opened) => {
      const file = held.hold(opened);
      if (file.sha256 !== only.sha256) throw changedSource(only.path);
      use([file]);
    });
}

function withSource(fs: WriteFs, source: SourceFile, use: (file: ReadableFile) => void): void {
  const found = fs.withFile(source.path, (file) => {
    if (file.fact.kind !== "file" || file.fact.size !== source.size) throw changedSource(source.path);
    use(file);
    return true;
  });
  if (found === undefined) throw changedSource(source.path);
}
