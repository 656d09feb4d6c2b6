import { randomUUID } from "node:crypto";
import { closeSync, constants, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { errnoOf } from "../errno.ts";

/** Bytes of a block. */
export const blockBytes = 2 ** 16;

/** A block that is kept: where it lies in the scratch file, or the block itself where there is no such file. */
export type ScratchBlock = number | Buffer;

/**
 * Keeps blocks of bytes for as long as the process lives, outside of its memory: in a file of the system's directory for temporary
 * files that nobody else may open and that has no name, so that nothing is left of it however the process ends. Where such a file can't be
 * made, or takes no more, the blocks stay in memory.
 */
export class ScratchBlocks {
  readonly #open: () => number | undefined;
  /** Undefined before the first block; null if blocks stay in memory. */
  #descriptor: number | null | undefined;
  #count = 0;
  /** Places in the file that can be used again. */
  readonly #free: number[] = [];

  /** @param open makes the file, with the first block; undefined if it can't */
  constructor(open = () => openNameless(tmpdir())) {
    this.#open = open;
  }

  /** Keeps a copy of a block, which has {@link blockBytes} bytes. */
  keep(bytes: Buffer): ScratchBlock {
    if (this.#descriptor === undefined) this.#descriptor = this.#open() ?? null;
    if (this.#descriptor === null) return Buffer.from(bytes);
    const block = this.#free.pop() ?? this.#count;
    if (!isWritten(this.#descriptor, bytes, block * blockBytes)) {
      if (block < this.#count) this.#free.push(block);
      return Buffer.from(bytes);
    }
    this.#count = Math.max(this.#count, block + 1);
    return block;
  }

  /**
   * Reads a block.
   * @param place where to, of {@link blockBytes} bytes; a new one if it is left out
   * @throws Node's error if the system can't read what it has written
   */
  read(block: ScratchBlock, place: Buffer = Buffer.allocUnsafeSlow(blockBytes)): Buffer {
    if (typeof block !== "number") {
      place.set(block);
      return place;
    }
    if (typeof this.#descriptor !== "number") throw new Error("a block of another scratch file");
    for (let at = 0; at < blockBytes;) {
      const bytes = readSync(this.#descriptor, place, at, blockBytes - at, block * blockBytes + at);
      if (bytes === 0) throw new Error("a block that was never kept");
      at += bytes;
    }
    return place;
  }

  /** Lets a block go; it must not be read any more. */
  free(block: ScratchBlock): void {
    if (typeof block === "number") this.#free.push(block);
  }
}

/**
 * Opens a new file that has no name any more; undefined if the system does not let us make one.
 * @param unlink takes a name away while its file is open, where the system can
 */
export function openNameless(directory: string, unlink = unlinkSync): number | undefined {
  const path = join(directory, `sessionsmith-${randomUUID()}`);
  const flags = constants.O_CREAT | constants.O_EXCL | constants.O_RDWR;
  const opened = unlessRefused(() => openSync(path, flags, 0o600));
  if (opened === undefined) return undefined;
  if (unlessRefused(() => unlink(path)) !== undefined) return opened.result;
  closeSync(opened.result);
  // Where what is open keeps its name, it goes now.
  unlessRefused(() => unlinkSync(path));
  return undefined;
}

function isWritten(descriptor: number, bytes: Buffer, position: number): boolean {
  const written = unlessRefused(() => {
    for (let at = 0; at < bytes.length;)
      at += writeSync(descriptor, bytes, at, bytes.length - at, position + at);
  });
  return written !== undefined;
}

function unlessRefused<T>(call: () => T): { readonly result: T } | undefined {
  try {
    return { result: call() };
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  }
}
