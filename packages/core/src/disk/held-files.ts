import { readRange } from "./read-bytes.ts";
import type { FileFact, ReadableFile } from "./read-fs.ts";
import { sha256OfFile } from "./sha256-of-file.ts";

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
 * the other: without it the whole database would be read and hashed for each of them.
 */
export class HeldFiles {
  #fact: FileFact | undefined;
  #held: HeldFile | undefined;

  /**
   * The same file with its bytes in memory, if it is not too large: those that were read earlier if nothing about it has changed since.
   * @param file open; one that is not held can be read only as long as it is
   */
  hold(file: ReadableFile): HeldFile {
    const { fact } = file;
    const isKnown = this.#fact !== undefined && isSame(this.#fact, fact);
    if (isKnown && this.#held !== undefined) return this.#held;
    const limitBytes = isKnown ? largestHeldBytes : heldLimitBytes;
    this.#fact = fact;
    this.#held = fact.size > limitBytes ? undefined : inMemory(file);
    return this.#held ?? hashedOnce(file);
  }
}

function inMemory(file: ReadableFile): HeldFile {
  const bytes = readRange(file, 0, file.fact.size);
  return hashedOnce({ fact: file.fact, read: (into, position) => bytes.subarray(position).copy(into) });
}

function hashedOnce(file: ReadableFile): HeldFile {
  let sha256: string | undefined;
  return {
    fact: file.fact,
    read: (into, position) => file.read(into, position),
    get sha256() {
      return (sha256 ??= sha256OfFile(file));
    },
  };
}

/** The time of the last change of any kind tells more than that of the content, which programs may set. */
function isSame(a: FileFact, b: FileFact): boolean {
  return (
    a.dev === b.dev &&
    a.ino === b.ino &&
    a.size === b.size &&
    a.mtimeNs === b.mtimeNs &&
    a.ctimeNs === b.ctimeNs
  );
}
