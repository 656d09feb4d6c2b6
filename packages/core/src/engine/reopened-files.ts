import { createHash, type Hash } from "node:crypto";
import { FactTable } from "../disk/fact-table.ts";
import type { FileFact, ReadableFile } from "../disk/read-fs.ts";
import { sha256OfFile } from "../disk/sha256-of-file.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import type { SourceFile } from "../plan/content-source.ts";
import { isUnchanged } from "../plan/file-identity.ts";
import { type Sequence, viewOf } from "../sequence.ts";
import { changedSource } from "./changed-source.ts";

/**
 * Files that are opened anew for each read, so that there may be any number of them. Each must be the same each time, and its hash
 * is taken while it is read from its beginning to its end, so that most files are read once; of any other it is taken by {@link confirm}.
 */
export class ReopenedFiles {
  readonly #fs: WriteFs;
  readonly #inputs: Sequence<SourceFile>;
  readonly #facts: FactTable;
  /** By position: 1 for a file whose hash was taken. */
  readonly #confirmed: Uint8Array;

  /** @throws StoreError E_STALE_PLAN if a file is not there, or of another size */
  constructor(fs: WriteFs, inputs: Sequence<SourceFile>) {
    this.#fs = fs;
    this.#inputs = inputs;
    this.#confirmed = new Uint8Array(inputs.length);
    this.#facts = new FactTable(inputs.length);
    for (const { path, size } of inputs) {
      const fact = fs.lstat(path);
      if (fact?.kind !== "file" || fact.size !== size) throw changedSource(path);
      this.#facts.add(fact);
    }
  }

  /** The files, made anew for each reading: what was read of one of them is forgotten with it. */
  files(): Sequence<ReadableFile> {
    return viewOf(this.#inputs, (input, n) => this.#fileAt(input, n));
  }

  /** @throws StoreError E_STALE_PLAN if the bytes of a file are not those that the plan was made for */
  confirm(): void {
    if (this.#confirmed.every((mark) => mark === 1)) return;
    for (const [n, input] of this.#inputs.entries())
      if (this.#confirmed[n] !== 1) this.#fileAt(input, n).confirm();
  }

  #fileAt(input: SourceFile, n: number): ReopenedFile {
    const fact = this.#facts.at(n);
    if (fact === undefined) throw new RangeError(`there is no input ${n}`);
    return new ReopenedFile(this.#fs, { input, fact, onConfirmed: () => (this.#confirmed[n] = 1) });
  }
}

interface ReopenedInput {
  readonly input: SourceFile;
  readonly fact: FileFact;
  readonly onConfirmed: () => void;
}

class ReopenedFile implements ReadableFile {
  readonly fact: FileFact;
  readonly #fs: WriteFs;
  readonly #input: SourceFile;
  readonly #onConfirmed: () => void;
  #hash: Hash | undefined;
  #hashedTo = 0;

  constructor(fs: WriteFs, { input, fact, onConfirmed }: ReopenedInput) {
    this.fact = fact;
    this.#fs = fs;
    this.#input = input;
    this.#onConfirmed = onConfirmed;
  }

  read(into: Uint8Array, position: number): number {
    return this.#open((file) => {
      const bytes = file.read(into, position);
      const isNext = position === this.#hashedTo && position < this.fact.size;
      if (isNext) this.#note(into.subarray(0, bytes));
      return bytes;
    });
  }

  confirm(): void {
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
    this.#onConfirmed();
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
