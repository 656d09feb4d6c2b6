import { hash } from "node:crypto";
import { readRange } from "./read-bytes.ts";
import { isUntouched } from "./is-untouched.ts";
import type { FileFact, ReadableFile } from "./read-fs.ts";
import { sha256OfFile } from "./sha256-of-file.ts";

/** Files up to this size share one place in memory. */
const sharedBytes = 2 ** 20;
/** A file up to this size is held in memory as a whole; a larger one only if it is asked for again. */
const heldLimitBytes = 16 * 2 ** 20;
/** No larger file is held at all. */
const largestHeldBytes = 512 * 2 ** 20;

/** A file that is read, and hashed, once. */
export interface HeldFile extends ReadableFile {
  /** In lower-case hex; of a held file, the hash of what `read` gives. */
  readonly sha256: string;
}

/**
 * Keeps the file that was read last, for whoever makes many things of one file, such as the sessions of a database, one after
 * the other: without it the whole database would be read and hashed for each of them. And for whoever reads thousands of files:
 * with a place of its own for each of them, much more memory would wait for a collection of garbage than is in use.
 */
export class HeldFiles {
  #fact: FileFact | undefined;
  #held: HeldFile | undefined;
  #shared: Buffer | undefined;
  /** How often the shared place was filled. */
  #fillings = 0;

  /**
   * The same file with its bytes in memory, if it is not too large: those that were read earlier if nothing about it has changed since.
   * It can be read until another file is held, which throws.
   * @param file open; one that is not held can be read only as long as it is
   */
  hold(file: ReadableFile): HeldFile {
    const { fact } = file;
    const isKnown = this.#fact !== undefined && isUntouched(this.#fact, fact);
    if (isKnown && this.#held !== undefined) return this.#held;
    const limitBytes = isKnown ? largestHeldBytes : heldLimitBytes;
    this.#fact = fact;
    this.#held = fact.size > limitBytes ? undefined : this.#inMemory(file);
    return this.#held ?? new HashedFile(file);
  }

  #inMemory(file: ReadableFile): HeldFile {
    const { fact } = file;
    if (fact.size > sharedBytes) return new HashedFile(fileOf(fact, readRange(file, 0, fact.size)));
    this.#shared ??= Buffer.allocUnsafe(sharedBytes);
    this.#fillings += 1;
    const filling = this.#fillings;
    const place = this.#shared.subarray(0, fact.size);
    const isOverwritten = (): boolean => filling !== this.#fillings;
    return new HashedFile(fileOf(fact, place.subarray(0, file.read(place, 0)), isOverwritten));
  }
}

function fileOf(fact: FileFact, bytes: Buffer, isOverwritten = () => false): ReadableFile {
  const own = (): Buffer => {
    if (isOverwritten()) throw new Error("a held file that is read after another one was held");
    return bytes;
  };
  return {
    fact,
    read: (into, position) => own().subarray(position).copy(into),
    get bytes() {
      return own();
    },
  };
}

class HashedFile implements HeldFile {
  readonly fact: FileFact;
  readonly #file: ReadableFile;
  #sha256: string | undefined;

  constructor(file: ReadableFile) {
    this.fact = file.fact;
    this.#file = file;
  }

  get bytes(): Buffer | undefined {
    return this.#file.bytes;
  }

  get sha256(): string {
    return (this.#sha256 ??=
      this.bytes === undefined ? sha256OfFile(this.#file) : hash("sha256", this.bytes));
  }

  read(into: Uint8Array, position: number): number {
    return this.#file.read(into, position);
  }
}
