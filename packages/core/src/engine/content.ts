import { createHash, type Hash } from "node:crypto";
import type { HeldFiles } from "../disk/held-files.ts";
import type { FileFact, ReadableFile } from "../disk/read-fs.ts";
import { sha256OfFile } from "../disk/sha256-of-file.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import {
  type ContentSource,
  type DeriveSource,
  inlineLimitBytes,
  type SourceFile,
  type SpliceSource,
} from "../plan/content-source.ts";
import { isUnchanged } from "../plan/file-identity.ts";
import type { Sequence } from "../sequence.ts";
import type { Recipes } from "../plan/recipe.ts";
import { StoreError } from "../store-error.ts";
import { gatherChunks, openChunks } from "./chunked-copy.ts";
import { packError } from "./packed-file.ts";

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
      for (const chunk of recipe(files, source.params)) take(chunk);
    } catch (error) {
      throw packError(error, source.inputs.at(0)?.path ?? "");
    }
  });
}

/** One input stays open, or in memory; of several, each is opened when it is read, so that there may be any number of them. */
function withSources(
  fs: WriteFs,
  { inputs, held }: { readonly inputs: Sequence<SourceFile>; readonly held: HeldFiles },
  use: (files: readonly ReadableFile[]) => void,
): void {
  const only = inputs.length === 1 ? inputs.at(0) : undefined;
  if (only === undefined) {
    const files = inputs.map((input) => new ReopenedFile(fs, input));
    use(files);
    for (const file of files) file.confirm();
  } else
    withSource(fs, only, (opened) => {
      const file = held.hold(opened);
      if (file.sha256 !== only.sha256) throw changedSource(only.path);
      use([file]);
    });
}

/**
 * A file that is opened anew for each read. It must be the same each time, and its hash is taken while it is read from its
 * beginning to its end, so that most files are read once; of any other it is taken by {@link confirm}.
 */
class ReopenedFile implements ReadableFile {
  readonly fact: FileFact;
  readonly #fs: WriteFs;
  readonly #input: SourceFile;
  #hash: Hash | undefined;
  #hashedTo = 0;
  #isConfirmed = false;

  constructor(fs: WriteFs, input: SourceFile) {
    const fact = fs.lstat(input.path);
    if (fact?.kind !== "file" || fact.size !== input.size) throw changedSource(input.path);
    this.fact = fact;
    this.#fs = fs;
    this.#input = input;
  }

  read(into: Uint8Array, position: number): number {
    return this.#open((file) => {
      const bytes = file.read(into, position);
      if (position === this.#hashedTo && !this.#isConfirmed) this.#note(into.subarray(0, bytes));
      return bytes;
    });
  }

  /** @throws StoreError E_STALE_PLAN if the bytes are not those that the plan was made for */
  confirm(): void {
    if (this.#isConfirmed) return;
    this.#judge(this.#open((file) => sha256OfFile(file)));
  }

  #note(bytes: Uint8Array): void {
    this.#hash ??= createHash("sha256");
    this.#hash.update(bytes);
    this.#hashedTo += bytes.byteLength;
    if (this.#hashedTo === this.fact.size) this.#judge(this.#hash.digest("hex"));
  }

  #judge(sha256: string): void {
    if (sha256 !== this.#input.sha256) throw changedSource(this.#input.path);
    this.#isConfirmed = true;
    this.#hash = undefined;
  }

  #open<T>(use: (file: ReadableFile) => T): T {
    const found = this.#fs.withFile(this.#input.path, (file) => {
      if (!isUnchanged(file.fact, this.fact)) throw changedSource(this.#input.path);
      return { result: use(file) };
    });
    if (found === undefined) throw changedSource(this.#input.path);
    return found.result;
  }
}

function withSource(fs: WriteFs, source: SourceFile, use: (file: ReadableFile) => void): void {
  const found = fs.withFile(source.path, (file) => {
    if (file.fact.kind !== "file" || file.fact.size !== source.size) throw changedSource(source.path);
    use(file);
    return true;
  });
  if (found === undefined) throw changedSource(source.path);
}

function changedSource(path: string): StoreError {
  return new StoreError(
    "E_STALE_PLAN",
    `${path} is not the file that the plan was made for. Nothing was changed.`,
    {
      hint: "Make the plan again.",
      details: { path },
    },
  );
}
